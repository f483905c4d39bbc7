package org.inferchip.report.claims;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.inferchip.explore.uncertainty.DrawnRun;

/**
 * Figures of a result by name: a number by its keys in the JSON of {@code run} ({@code
 * tpot_ms/p50}), a number of an operator by its name ({@code operators/attention_decode/energy_j},
 * the sum of all that are called so), or {@value #MEMORY_SHARE}: the time that the memory which
 * holds the weights needs for its bytes at its peak rate, as a share of the device time; 1 means
 * that nothing but that memory counts.
 */
final class NamedFigure {
  static final String MEMORY_SHARE = "memory_time_share";
  private static final String OPERATORS = "operators";
  private static final String JOULES = "energy_j";

  private NamedFigure() {}

  /** A figure; empty where the result has no number of that name. */
  static Optional<Double> of(final ObjectNode result, final String name) {
    if (name.equals(MEMORY_SHARE)) {
      return Optional.of(memoryShare(result));
    }
    final String[] keys = name.split("/");
    if (keys.length == 3 && keys[0].equals(OPERATORS)) {
      return sum(result, keys[1], keys[2]);
    }
    final JsonNode value = result.at("/" + name);
    return value.isNumber() ? Optional.of(value.doubleValue()) : Optional.empty();
  }

  /**
   * A figure in every draw; empty for those that draws do not move.
   *
   * @param stated the figure at the stated numbers
   */
  static Optional<double[]> draws(final DrawnRun run, final String name, final double stated) {
    final String[] keys = name.split("/");
    if (keys.length == 3 && keys[0].equals(OPERATORS) && keys[2].equals(JOULES)) {
      final double[] factors = run.operatorJoules(keys[1]);
      return Optional.of(Arrays.stream(factors).map(factor -> stated * factor).toArray());
    }
    return run.figure(name.replace('/', '_'));
  }

  private static Optional<Double> sum(
      final ObjectNode result, final String operator, final String key) {
    return StreamSupport.stream(result.get(OPERATORS).spliterator(), false)
        .filter(one -> one.get("name").textValue().equals(operator) && one.path(key).isNumber())
        .map(one -> one.get(key).doubleValue())
        .reduce(Double::sum);
  }

  private static double memoryShare(final ObjectNode result) {
    double bytes = 0;
    double seconds = 0;
    for (final JsonNode one : result.get(OPERATORS)) {
      bytes += one.get("memory_bytes").doubleValue();
      seconds += one.get("time_s").doubleValue();
    }
    // An operator runs on one stage: on as many chips as a layer is split over. Where chips are cut
    // into regions, both this and the rate are of a region.
    final double chips = result.at("/placement/tensor_parallel").doubleValue();
    return bytes / (chips * result.at("/roofline/byte_per_s").doubleValue()) / seconds;
  }
}
