package org.inferchip.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.inferchip.simulation.OperatorTotal;

/** Why a system is where it is among others: where its time, its joules and its dollars go. */
final class Reasons {
  private static final int LARGEST = 3;

  /** Parts under this share are left to "other". */
  private static final double TOLD = 0.03;

  private final SystemResult result;
  private final RunAccount account;

  Reasons(final SystemResult result) {
    this.result = result;
    account = new RunAccount(result);
  }

  /** A sentence each on time, operators, energy and money. */
  List<String> sentences() {
    final List<String> sentences = new ArrayList<>();
    final Map<String, Double> times = new LinkedHashMap<>(account.times());
    final double rest = times.remove("no request");
    sentences.add(
        Figures.percent(1 - rest / result.number("duration_s"))
            + " of the time had a request in work: "
            + shares(times)
            + ".");
    sentences.add("Its longest operators: " + operators() + ".");
    sentences.add("The chips' joules: " + shares(result.energy()) + ".");
    sentences.add("The owner's dollars: " + shares(account.dollars()) + ".");
    return sentences;
  }

  private static String shares(final Map<String, Double> parts) {
    final double all = parts.values().stream().mapToDouble(Double::doubleValue).sum();
    final List<String> told =
        parts.entrySet().stream()
            .filter(part -> part.getValue() >= TOLD * all)
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .map(part -> named(part.getKey(), part.getValue() / all))
            .collect(Collectors.toCollection(ArrayList::new));
    final double other =
        parts.values().stream().filter(value -> value < TOLD * all).mapToDouble(v -> v).sum();
    if (other > 0) {
      told.add(named("other", other / all));
    }
    return String.join(", ", told);
  }

  private static String named(final String part, final double share) {
    return part.replace('_', ' ') + " " + Figures.percent(share);
  }

  private String operators() {
    final double all = result.operators().stream().mapToDouble(OperatorTotal::seconds).sum();
    return result.operators().stream()
        .sorted(Comparator.comparingDouble(OperatorTotal::seconds).reversed())
        .limit(LARGEST)
        .map(
            one ->
                named(one.name(), one.seconds() / all)
                    + " at "
                    + Figures.of(one.seconds() / Math.max(one.boundSeconds(), Double.MIN_VALUE))
                    + " times its physical bound")
        .collect(Collectors.joining(", "));
  }
}
