package org.inferchip.engine;

/**
 * By how much a representative's bytes are multiplied, as a fraction, so that all streams that it
 * stands for are charged together to the byte: what rounding leaves over is carried on.
 */
final class Share {
  private final long numerator;
  private final long denominator;
  private long carried;
  private long taken;

  /**
   * A share.
   *
   * @param all bytes of all streams that are stood for
   * @param own bytes of the representative
   */
  Share(final long all, final long own) {
    final long divisor = own == 0 ? 1 : gcd(all, own);
    numerator = own == 0 ? 1 : all / divisor;
    denominator = own == 0 ? 1 : own / divisor;
  }

  private static long gcd(final long a, final long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Draws how many bytes were taken. */
  void draw(final Picture picture) {
    picture.total(taken);
  }

  /** Bytes to charge if what was taken since a picture is taken so often again. */
  long repeat(final long times, final Picture since) {
    return of(Math.multiplyExact(times, since.grown(taken)));
  }

  /** Bytes to charge for bytes of the representative. */
  long of(final long bytes) {
    taken += bytes;
    if (denominator == 1) {
      return bytes * numerator;
    }
    final long high = Math.multiplyHigh(bytes, numerator);
    if (high != 0) {
      return wide(bytes);
    }
    final long sum = bytes * numerator + carried;
    carried = sum % denominator;
    return sum / denominator;
  }

  /** The same where the product is over 64 bits. */
  private long wide(final long bytes) {
    final java.math.BigInteger[] parts =
        java.math.BigInteger.valueOf(bytes)
            .multiply(java.math.BigInteger.valueOf(numerator))
            .add(java.math.BigInteger.valueOf(carried))
            .divideAndRemainder(java.math.BigInteger.valueOf(denominator));
    carried = parts[1].longValueExact();
    return parts[0].longValueExact();
  }
}
