package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inferchip.engine.Timing.UnitUse;
import org.inferchip.explore.Elasticity;
import org.inferchip.explore.StepAccount;
import org.inferchip.simulation.OperatorResult;
import org.inferchip.simulation.StepProfile;
import org.inferchip.simulation.StepProfile.Line;

/**
 * Where the time, joules and dollars of a step go, and what a better part would buy.
 *
 * <p>Time by component adds up to the step: the host; launch floors; of each operator its largest
 * lower bound under the resource that sets it (compute, memory, link); and as stalls what it takes
 * beyond that bound (fill and drain, uneven waves, latencies, rates below the stated peak, a clock
 * that the power limit lowered).
 */
public final class Explanation {
  private static final double MICROS = 1e-6;
  private static final double PER_MICRO = 1e6;

  private final StepAccount account;
  private final StepProfile profile;
  private final List<Elasticity> elasticities;

  /** Explains a step. */
  public Explanation(final StepAccount account, final List<Elasticity> elasticities) {
    this.account = account;
    this.profile = account.profile();
    this.elasticities = List.copyOf(elasticities);
  }

  /** The JSON form. */
  public Map<String, Object> json() {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("latency_us", profile.latencyPicos() * MICROS);
    json.put("tokens", profile.shape().tokens());
    json.put("chips", profile.plan().packages());
    json.put("tokens_per_joule", account.tokensPerJoule());
    json.put("tokens_per_usd", account.tokensPerDollar());
    json.put("power_w", account.watts());
    json.put("time_us", time());
    json.put("energy_uj", energy());
    json.put("micro_usd", money());
    json.put("operators", profile.lines().stream().map(this::operator).toList());
    json.put("units", units());
    json.put("elasticities", elasticities);
    json.put("sentences", sentences());
    return json;
  }

  /** Microseconds by component; they add up to the latency. */
  public Map<String, Double> time() {
    final Map<String, Double> parts = new LinkedHashMap<>();
    for (final String part : List.of("compute", "memory", "link", "stalls", "launch", "host")) {
      parts.put(part, 0.0);
    }
    parts.put("host", profile.hostPicos() * MICROS);
    for (final Line line : profile.lines()) {
      final OperatorResult result = line.result();
      final double bound = result.bounds().lower();
      final String limiter = result.bounds().limiter().name().toLowerCase(Locale.ROOT);
      final double rest = result.latencyPicos() - result.launchPicos() - bound;
      parts.merge("launch", line.count() * result.launchPicos() * MICROS, Double::sum);
      parts.merge(
          parts.containsKey(limiter) ? limiter : "stalls",
          line.count() * bound * MICROS,
          Double::sum);
      parts.merge("stalls", line.count() * rest * MICROS, Double::sum);
    }
    return parts;
  }

  /** Microjoules by component, of all chips. */
  public Map<String, Double> energy() {
    final Map<String, Double> parts =
        EnergyParts.of(profile.energy(), profile.plan().system().chip());
    parts.replaceAll((part, joules) -> joules * PER_MICRO);
    return parts;
  }

  /** Millionths of a dollar by component. */
  public Map<String, Double> money() {
    final Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("capital", micros(account.hourly().capital()));
    parts.put("maintenance", micros(account.hourly().maintenance()));
    parts.put("site", micros(account.hourly().site()));
    parts.put("electricity", micros(account.hourly().electricity()));
    return parts;
  }

  private double micros(final double perHour) {
    return account.dollars(perHour, account.seconds()) * PER_MICRO;
  }

  private Map<String, Object> operator(final Line line) {
    final OperatorResult result = line.result();
    final UnitUse unit = critical(result);
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", result.operator().name());
    json.put("count", line.count());
    json.put("time_us", line.count() * result.latencyPicos() * MICROS);
    json.put("launch_us", line.count() * result.launchPicos() * MICROS);
    json.put("bound_us", line.count() * result.bounds().lower() * MICROS);
    json.put("energy_uj", profile.aboveIdle(line).total() * PER_MICRO);
    json.put("micro_usd", account.dollars(line) * PER_MICRO);
    json.put("limiter", result.limiter().name().toLowerCase(Locale.ROOT));
    json.put("critical_unit", unit.unit());
    json.put("critical_unit_busy", (double) unit.busyPicos() / unit.total());
    json.put("critical_unit_waits_for", cause(unit));
    json.put("mapping", result.choice().text());
    return json;
  }

  /** The unit of an operator that is busy, or queues in a pipe, for most of the time. */
  public static UnitUse critical(final OperatorResult result) {
    UnitUse most = null;
    double share = -1;
    for (final UnitUse use : result.timing().units()) {
      final double own = (double) (use.busyPicos() + use.linkPicos()) / use.total();
      if (own > share) {
        most = use;
        share = own;
      }
    }
    return most;
  }

  /** What a unit waits for longest, in words. */
  public static String cause(final UnitUse use) {
    String longest = "nothing";
    double most = 0;
    for (final Map.Entry<String, Double> one : causes(use).entrySet()) {
      if (!one.getKey().equals("busy") && one.getValue() > most) {
        longest = one.getKey();
        most = one.getValue();
      }
    }
    return longest;
  }

  /**
   * Shares of a step's device time by unit and cause, weighted by the time of each operator: every
   * row adds up to the share of the time in which operators use that unit at all.
   */
  public Map<String, Map<String, Double>> units() {
    double all = 0;
    for (final Line line : profile.lines()) {
      all += (double) line.count() * line.result().timing().makespanPicos();
    }
    final Map<String, Map<String, Double>> units = new LinkedHashMap<>();
    for (final Line line : profile.lines()) {
      final double makespan = line.result().timing().makespanPicos();
      for (final UnitUse use : line.result().timing().units()) {
        final double weight = line.count() * makespan / all / use.total();
        final Map<String, Double> row =
            units.computeIfAbsent(use.unit(), unit -> new LinkedHashMap<>());
        causes(use).forEach((cause, picos) -> row.merge(cause, picos * weight, Double::sum));
      }
    }
    return units;
  }

  private static Map<String, Double> causes(final UnitUse use) {
    final Map<String, Double> causes = new LinkedHashMap<>();
    causes.put("busy", (double) use.busyPicos());
    causes.put("data", (double) use.dataPicos());
    causes.put("slot", (double) use.slotPicos());
    causes.put("pipe", (double) use.linkPicos());
    causes.put("dependence", (double) use.dependencePicos());
    causes.put("other unit", (double) use.unitPicos());
    causes.put("interference", (double) use.interferencePicos());
    causes.put("no work", (double) use.donePicos());
    return causes;
  }

  /** What the numbers say, in words. */
  public List<String> sentences() {
    final List<String> sentences = new ArrayList<>();
    sentences.add(Sentences.largest("time", time(), "us"));
    sentences.add(Sentences.largest("energy", energy(), "uJ"));
    sentences.add(Sentences.largest("money", money(), "millionths of a dollar"));
    sentences.addAll(Sentences.better("the step", elasticities));
    return sentences;
  }
}
