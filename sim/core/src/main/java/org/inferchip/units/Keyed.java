package org.inferchip.units;

/**
 * An enum constant with a spelling of its own in files and on the command line. Others are spelled
 * as their constant in lower case with hyphens.
 */
public interface Keyed {
  /** The spelling, such as {@code fp8_e4m3}. */
  String key();

  /**
   * How an enum constant is spelled in files.
   *
   * @param constant of any enum
   */
  static String of(final Enum<?> constant) {
    return constant instanceof Keyed
        ? ((Keyed) constant).key()
        : constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
