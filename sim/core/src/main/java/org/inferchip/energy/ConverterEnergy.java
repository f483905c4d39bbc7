package org.inferchip.energy;

/**
 * Energy of an analog-to-digital conversion, from a fit of the lower edge of published converters
 * (accelergy-adc-plug-in, MIT, on Murmann's survey): with b effective bits at f conversions a
 * second on a node of n nanometres
 *
 * <pre>
 *   FoM  = min(213.78 - 2.872 ln f, 128.31 + 3.2205 b)        (dB)
 *   SNDR = 6.02 b + 1.76                                      (dB)
 *   E    = 0.5 pJ x 10^((SNDR - FoM) / 10) x exp(26.05 + 1.880 ln n - 2.829 ln b - 1.470)
 * </pre>
 *
 * <p>The constants are as printed, to four digits: within 0.3 % of tables of the fit. Optimistic:
 * the best that was published. Valid for 4 to 12 bits; above some 10 bits thermal noise costs four
 * times as much for each.
 */
public final class ConverterEnergy {
  private ConverterEnergy() {}

  /** Joules of one conversion. */
  public static double joules(final int bits, final double hertz, final double nanometres) {
    final double fom = Math.min(213.78 - 2.872 * StrictMath.log(hertz), 128.31 + 3.2205 * bits);
    final double sndr = 6.02 * bits + 1.76;
    final double scale =
        StrictMath.exp(
            26.05 + 1.880 * StrictMath.log(nanometres) - 2.829 * StrictMath.log(bits) - 1.470);
    return 0.5e-12 * StrictMath.pow(10, (sndr - fom) / 10) * scale;
  }
}
