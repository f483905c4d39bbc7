package org.inferchip.verification;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.inferchip.arch.CellNoise;
import org.inferchip.arch.CellNoise.Distribution;
import org.inferchip.arch.CellNoise.Law;

/**
 * Errors of programming by the names that CrossSim gives its devices, so that its cases can be
 * read. Polynomials are of microsiemens: Joshi et al., Nature Communications 11 (2020), figure 3b;
 * Wan et al., Nature 608 (2022), extended data figure 3; and the PCM-like device of aihwkit at 25
 * uS. Two more are of currents or conductances over their own largest: Milo et al., IRPS 2021,
 * figure 4, of 225 uS; and SONOS cells just after programming, Agrawal et al., IEDM 2022, of 1600
 * nA.
 */
final class CrossbarDevices {
  private static final Map<String, CellNoise> POLYNOMIALS =
      new TreeMap<>(
          Map.of(
              "PCMJoshi",
              CellNoise.polynomial(List.of(0.28638599, 0.07585724, -0.00178767), true),
              "RRAMWan",
              CellNoise.polynomial(List.of(1.053, 2.374e-1, -1.167e-2, 1.536e-4), false),
              "PCMLike",
              CellNoise.polynomial(List.of(0.26348, 1.9650 / 25, -1.1731 / (25 * 25)), true)));

  private static final Map<String, Distribution> DISTRIBUTIONS =
      new TreeMap<>(Map.of("Normal", Distribution.NORMAL, "Uniform", Distribution.UNIFORM));

  private static final Map<String, Law> LAWS =
      new TreeMap<>(
          Map.of(
              "Independent", Law.INDEPENDENT,
              "Proportional", Law.PROPORTIONAL,
              "InverseProportional", Law.INVERSE));

  private CrossbarDevices() {}

  /**
   * The error of a device; empty for a name that is not known.
   *
   * @param most largest conductance of the case in microsiemens
   */
  static Optional<CellNoise> programming(
      final String model, final double magnitude, final double most) {
    if (model.equals("SONOS")) {
      return Optional.of(CellNoise.saturating(19.88665 / 1600, 176.3115 / 1600));
    }
    if (model.equals("RRAMMilo")) {
      return Optional.of(CellNoise.polynomial(List.of(4.782321 * most / 225, -0.009107), false));
    }
    if (POLYNOMIALS.containsKey(model)) {
      return Optional.of(POLYNOMIALS.get(model));
    }
    for (final var distribution : DISTRIBUTIONS.entrySet()) {
      for (final var law : LAWS.entrySet()) {
        if (model.equals(distribution.getKey() + law.getKey() + "Device")) {
          return Optional.of(CellNoise.simple(law.getValue(), distribution.getValue(), magnitude));
        }
      }
    }
    return Optional.empty();
  }

  /** All names. */
  static Set<String> names() {
    final Set<String> names = new TreeSet<>(POLYNOMIALS.keySet());
    names.add("SONOS");
    names.add("RRAMMilo");
    for (final String distribution : DISTRIBUTIONS.keySet()) {
      LAWS.keySet().forEach(law -> names.add(distribution + law + "Device"));
    }
    return names;
  }
}
