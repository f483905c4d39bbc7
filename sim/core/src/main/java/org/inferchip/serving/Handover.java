package org.inferchip.serving;

/**
 * How a prompt's keys and values come from the instance that computed them to the one that decodes.
 * Every instance has one port of this rate; a port passes one cache at a time, first come first
 * served.
 *
 * <p>Layer by layer, the cache of a layer is sent as soon as that layer has been computed, so with
 * n layers of equal size, computed evenly over the prompt's time from its first step to its first
 * token (assumption), the port is done at {@code max(start + bytes / rate, first token + bytes /
 * rate / n)}. Else all of it is sent after the first token. The latency comes on top and does not
 * hold the port.
 *
 * @param bytesPerSecond of a port
 * @param latencyPicos of a cache
 * @param layers that are sent one by one; 1: the cache is sent whole
 * @param bytes of a cache
 */
public record Handover(double bytesPerSecond, long latencyPicos, int layers, CacheBytes bytes) {

  /** Checks ranges. */
  public Handover {
    if (!(bytesPerSecond > 0) || latencyPicos < 0 || layers < 1) {
      throw new IllegalArgumentException(
          bytesPerSecond + " B/s, " + latencyPicos + " ps, " + layers + " layers");
    }
  }

  /** Bytes of keys and values. */
  @FunctionalInterface
  public interface CacheBytes {
    /**
     * Bytes to be sent.
     *
     * @param tokens of the prompt
     * @param cached its leading tokens that the receiver has already
     */
    long of(int tokens, int cached);
  }

  boolean layered() {
    return layers > 1;
  }

  /** Time of so many bytes on a port. */
  long wirePicos(final long of) {
    return (long) Math.ceil(of / bytesPerSecond * 1e12);
  }
}
