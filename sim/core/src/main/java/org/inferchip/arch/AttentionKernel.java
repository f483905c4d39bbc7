package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * One attention kernel of a software stack: how it cuts the work, and how far its code reaches the
 * rates of the silicon. Shares are of what the chip states, so that no kernel is faster than its
 * chip.
 *
 * @param rows rows of queries in a work item, packed heads included
 * @param keyTile keys in a step of the loop
 * @param wideKeyTile the same for heads of more than 128 elements
 * @param packed whether the query heads of one key-value head are rows of one item; otherwise each
 *     query head is an item and reads the keys for itself
 * @param wholeTiles whether tiles at an edge take the units as long as whole ones
 * @param order in which the tiles of a head start; absent: head by head, the last first
 * @param resultsHeld whether results and parts of them leave from the registers, through the room
 *     of what was loaded before; absent: through a buffer of their own
 * @param inPlace whether probabilities stand in the room of their scores, so that those of a step
 *     are made while the ones before are still being multiplied; absent: in a buffer of their own
 * @param ahead whether the scores of the next step are computed beside the softmax of this one
 * @param resident items on a core side by side
 * @param split how the keys of a sequence are shared out to several items
 * @param launch time beyond the work of the items, each call; absent: the stack's for attention
 * @param setup time at the start of an item before its keys are fetched (block table, descriptors,
 *     barriers), for heads of 128 elements
 * @param fill time that the first keys and values of an item take at least, together (the loop
 *     fills its pipeline); for heads of 128 elements
 * @param append bytes of new keys and values that an item copies into the cache at a time, before
 *     its loop, where it is asked to: each copy waits for the memory. Every item whose keys are new
 *     copies them, those of other queries and heads too; absent: the copy takes no time
 * @param setupExponent growth of setup and fill with the head's elements
 * @param inFlight bytes that an item keeps on their way; with the latency of the memory it bounds
 *     what a lone item streams (Little's law)
 * @param portShare share of a core's port that the kernel's loads reach
 * @param byElement whether a load holds so many elements, whatever their format: bytes in flight
 *     and share of the port are those of a 16-bit cache, a narrower one gets as much less; absent:
 *     no
 * @param matrixShare share of the matrix unit's sustained rate
 * @param specialShare share of the rate of exponentials
 * @param interference share of the time of the exponentials for which they hold up the matrix unit
 * @param merge time beyond the merging work where keys are split, each call
 * @param mergeRows rows of results (tokens x heads) that small blocks merge in that time; more take
 *     it again; absent: any number
 * @param scan time for each sequence of the batch (every item of a persistent kernel walks the list
 *     of sequences)
 * @param scanBelow batches from this size on are not scanned
 * @param transpose time of the copies that put the heads of a group in rows and back; taken for
 *     several sequences with several heads of keys in groups of several queries
 * @param passTraffic bytes of a pass that measurements of this kernel hold beside the kernel, as a
 *     multiple of reading and writing its queries, keys and values once; of keys and values alone
 *     where {@code passBlock} is there
 * @param passBlock time of a block of that pass where it does a token's new keys and values in a
 *     thread for each element, 512 at most; blocks share a core as far as its threads allow, and a
 *     chip starts one a cycle
 * @param passRate elements of queries that a core takes through the instructions of that pass in a
 *     cycle, beyond the time of its traffic or its blocks; absent: none take any
 * @param passRow elements that a head of a token counts for beyond its own in that rate, for its
 *     position and place; absent: none
 * @param narrowQueries whether that pass brings queries to the format of a narrower cache, in which
 *     the kernel then multiplies; absent: no
 */
public record AttentionKernel(
    @Range(min = 1) int rows,
    @Range(min = 1) int keyTile,
    @Range(min = 1) int wideKeyTile,
    boolean packed,
    boolean wholeTiles,
    Optional<AttentionOrder> order,
    Optional<Boolean> resultsHeld,
    Optional<Boolean> inPlace,
    boolean ahead,
    @Range(min = 1, max = 8) int resident,
    AttentionSplit split,
    @Measure(Dimension.SECONDS) Optional<Double> launch,
    @Measure(Dimension.SECONDS) double setup,
    @Measure(Dimension.SECONDS) double fill,
    @Measure(Dimension.BYTES) Optional<Double> append,
    @Range(max = 2) double setupExponent,
    @Measure(Dimension.BYTES) Optional<Double> inFlight,
    @Range(min = 0, max = 1, exclusive = true) double portShare,
    Optional<Boolean> byElement,
    @Range(min = 0, max = 1, exclusive = true) double matrixShare,
    @Range(min = 0, max = 1, exclusive = true) double specialShare,
    @Range(min = 0, max = 1) double interference,
    @Measure(Dimension.SECONDS) double merge,
    @Range(min = 1) Optional<Integer> mergeRows,
    @Measure(Dimension.SECONDS) double scan,
    Optional<Integer> scanBelow,
    @Measure(Dimension.SECONDS) double transpose,
    @Range(min = 0, max = 8) double passTraffic,
    @Measure(Dimension.SECONDS) Optional<Double> passBlock,
    @Range(min = 0, exclusive = true) Optional<Double> passRate,
    @Range(min = 0) Optional<Integer> passRow,
    Optional<Boolean> narrowQueries) {}
