package org.inferchip.trace;

import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/** The quantile function of a distribution of token counts. */
final class LengthSampler {
  private static final double PERCENTS = 100;

  private final double[] shares;
  private final double[] logs;
  private final SynthSpec.Lognormal lognormal;

  private LengthSampler(
      final double[] shares, final double[] logs, final SynthSpec.Lognormal lognormal) {
    this.shares = shares;
    this.logs = logs;
    this.lognormal = lognormal;
  }

  /** Reads a distribution; problems go to the collection. */
  static LengthSampler of(
      final SynthSpec.Lengths lengths,
      final String file,
      final String key,
      final Problems problems) {
    if (lengths.lognormal().isPresent()) {
      if (!lengths.quantiles().isEmpty()) {
        problem(problems, file, key, "has two distributions", "quantiles or lognormal");
      } else if (lengths.lognormal().get().min() > lengths.lognormal().get().max()) {
        problem(problems, file, key + ".lognormal", "has min above max", "min <= max");
      }
      return new LengthSampler(new double[0], new double[0], lengths.lognormal().get());
    }
    final TreeMap<Double, Integer> table = new TreeMap<>();
    for (final Map.Entry<String, Integer> entry : lengths.quantiles().entrySet()) {
      final double share = share(entry.getKey());
      if (Double.isNaN(share) || table.put(share, entry.getValue()) != null) {
        problem(
            problems,
            file,
            key + ".quantiles." + entry.getKey(),
            "not a quantile of its own",
            "min, p1, p50, p99.9, max, each once");
      }
    }
    if (!table.containsKey(0.0) || !table.containsKey(1.0)) {
      problem(problems, file, key + ".quantiles", "does not reach both ends", "min and max");
    }
    int before = 0;
    for (final Map.Entry<Double, Integer> entry : table.entrySet()) {
      if (entry.getValue() < before) {
        problem(
            problems,
            file,
            key + ".quantiles",
            "falls from " + before + " to " + entry.getValue(),
            "values that do not fall");
      }
      before = entry.getValue();
    }
    return new LengthSampler(
        table.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
        table.values().stream().mapToDouble(StrictMath::log).toArray(),
        null);
  }

  /** The token count at a normal score. */
  int at(final double score, final NormalDistribution normal) {
    if (lognormal != null) {
      final double value = lognormal.median() * StrictMath.exp(lognormal.sigma() * score);
      return (int) Math.max(lognormal.min(), Math.min(lognormal.max(), Math.round(value)));
    }
    final double share = normal.cumulativeProbability(score);
    int above = 1;
    while (above < shares.length - 1 && shares[above] < share) {
      above++;
    }
    final double part = (share - shares[above - 1]) / (shares[above] - shares[above - 1]);
    final double log = logs[above - 1] + part * (logs[above] - logs[above - 1]);
    return (int) Math.round(StrictMath.exp(log));
  }

  private static double share(final String name) {
    if (name.equals("min")) {
      return 0;
    }
    if (name.equals("max")) {
      return 1;
    }
    return name.matches("p\\d{1,2}(\\.\\d+)?")
        ? Double.parseDouble(name.substring(1)) / PERCENTS
        : Double.NaN;
  }

  private static void problem(
      final Problems problems,
      final String file,
      final String key,
      final String message,
      final String expected) {
    problems.add(new Problem(file, 0, 0, key, message, "", expected, ""));
  }
}
