package org.inferchip.calibrate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads of experts, each made up once: rows of many devices, formats and widths share them. */
final class ExpertLoads {
  private final Map<List<Object>, ExpertLoad> known = new HashMap<>();

  /** See {@link ExpertLoad#of}. */
  ExpertLoad of(
      final ExpertLoad.Layer layer,
      final double exponent,
      final ExpertGate gate,
      final RoutesRest rest) {
    return known.computeIfAbsent(
        List.of(layer, exponent, gate, rest),
        unknown -> ExpertLoad.of(layer, exponent, gate, rest));
  }
}
