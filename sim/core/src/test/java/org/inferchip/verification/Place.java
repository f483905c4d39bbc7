package org.inferchip.verification;

/**
 * Where a task stands in a program.
 *
 * @param stream its stream
 * @param item its item of the stream
 * @param block its block of the item
 * @param trip its trip of the block
 * @param task its place in the trip
 */
record Place(int stream, int item, int block, int trip, int task) {
  boolean sameTrip(final Place o) {
    return stream == o.stream && item == o.item && block == o.block && trip == o.trip;
  }
}
