package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.yaml.SourceIndex;
import org.inferchip.cost.TokenCost;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.explore.Evaluation;
import org.inferchip.serving.Distribution;
import org.inferchip.serving.Guarantee;
import org.inferchip.serving.RunResult;
import org.inferchip.simulation.OperatorTotal;
import org.inferchip.simulation.Plan;
import org.inferchip.units.Keyed;
import org.inferchip.verification.SampleReport;

/**
 * The JSON form of an evaluation: the keys that scripts rely on, in a fixed order, and nothing that
 * differs from run to run. Numbers that do not exist (a percentile of no samples) are null.
 */
public final class ResultJson {
  /** Version of the keys. */
  public static final String SCHEMA = "inferchip-result/1";

  private ResultJson() {}

  /** An evaluation as an ordered map. */
  public static Map<String, Object> of(final Evaluation evaluation, final long seed) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("name", evaluation.name());
    placement(evaluation, json);
    FleetJson.put(evaluation, json);
    serving(evaluation.run(), json);
    powerAndCost(evaluation, json);
    json.put("verified", verified(evaluation.verified()));
    json.put("interpolation", evaluation.interpolation());
    json.put("host_s", evaluation.hostSeconds());
    json.put("operators", operators(evaluation.operators()));
    json.put("roofline", roofline(evaluation.plan()));
    json.put("estimate_share", evaluation.estimateShare());
    json.put("assumptions", Assumptions.of(evaluation));
    json.put("warnings", evaluation.warnings());
    json.put("violations", evaluation.run().violations());
    json.put("sources", sources(evaluation.sources()));
    json.put("inputs", evaluation.inputs());
    json.put("seed", seed);
    json.put("build", Build.current());
    return json;
  }

  private static void placement(final Evaluation evaluation, final Map<String, Object> json) {
    final Plan plan = evaluation.plan();
    final Map<String, Object> placement = new LinkedHashMap<>();
    placement.put("chips", evaluation.packages());
    placement.put("regions_per_chip", plan.regions());
    placement.put("layout", plan.layout());
    placement.put("tensor_parallel", plan.tensorParallel());
    placement.put("pipeline_parallel", plan.pipelineParallel());
    if (!plan.ranks().one()) {
      placement.put("data_parallel", plan.ranks().dataParallel());
      placement.put("expert_parallel", plan.ranks().expertParallel());
    }
    placement.put("weights", plan.weights().key());
    placement.put("cache", plan.cache().key());
    placement.put("weight_bytes_per_chip", plan.weightBytes());
    placement.put("kv_blocks", plan.kvBlocks());
    if (plan.expertSkew() > 0) {
      placement.put("expert_skew", plan.expertSkew());
    }
    if (!plan.offload().none()) {
      placement.put("offloaded_weight_share", plan.offload().weightShare());
      placement.put("offloaded_cache_tokens", plan.farTokens());
    }
    plan.analog().ifPresent(arrays -> placement.put("analog", arrays));
    json.put("model", plan.model().name());
    json.put("stack", plan.system().stack().name());
    json.put("placement", placement);
  }

  private static void serving(final RunResult run, final Map<String, Object> json) {
    json.put("trace", run.trace());
    json.put("policy", run.config().policy().name().toLowerCase(java.util.Locale.ROOT));
    json.put("prefix_caching", run.config().cachesPrefixes());
    json.put("requests", run.counts().requests());
    json.put("completed", run.counts().completed());
    json.put("rejected", run.counts().rejected());
    json.put("rejected_by_reason", run.counts().reasons());
    json.put("unfinished", run.counts().unfinished());
    json.put("input_tokens", run.counts().inputTokens());
    json.put("output_tokens", run.counts().outputTokens());
    json.put("requests_without_tpot", run.counts().withoutTpot());
    json.put("duration_s", run.rates().durationSeconds());
    json.put("output_tokens_per_s", run.rates().outputTokensPerSecond());
    json.put("input_tokens_per_s", run.rates().inputTokensPerSecond());
    json.put("ttft_ms", distribution(run.latencies().ttft()));
    json.put("tpot_ms", distribution(run.latencies().tpot()));
    json.put("itl_ms", distribution(run.latencies().itl()));
    json.put("ttst_ms", distribution(run.latencies().ttst()));
    json.put("e2e_ms", distribution(run.latencies().e2e()));
    json.put("normalised_ms", distribution(run.latencies().normalised()));
    json.put("queueing_ms", distribution(run.latencies().queueing()));
    json.put("goodput_rps", run.rates().goodputPerSecond());
    json.put("slo_attainment", run.rates().attainment());
    run.guarantee().ifPresent(proof -> json.put("guarantee", guarantee(proof)));
    json.put("occupancy", run.occupancy());
  }

  /** What is proven, in milliseconds, beside what the run saw. */
  private static Map<String, Object> guarantee(final Guarantee of) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "proven",
        "for any arrivals of requests of at most "
            + of.bucketTokens()
            + " tokens, from a request's admission on; the wait for a seat is not bounded");
    json.put("phases", of.phases());
    json.put("seats_per_phase", of.seats());
    json.put("chunk_tokens", of.chunkTokens());
    json.put("longest_request_tokens", of.bucketTokens());
    json.put("step_ms", millis(of.step().mostPicos()));
    json.put("interval_ms", millis(of.step().mostIntervalPicos()));
    json.put("tpot_ms", millis(of.tokenPicos()));
    json.put("ttft_after_admission_ms", millis(of.firstTokenPicos()));
    final Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("step_ms", millis(of.longestStepPicos()));
    seen.put("interval_ms", millis(of.longestIntervalPicos()));
    seen.put("gap_ms", millis(of.longestGapPicos()));
    seen.put("ttft_after_admission_ms", millis(of.longestFirstPicos()));
    json.put("seen", seen);
    return json;
  }

  private static double millis(final long picos) {
    return picos * 1e-9;
  }

  private static void powerAndCost(final Evaluation evaluation, final Map<String, Object> json) {
    final RunResult run = evaluation.run();
    json.put("power_w", run.energy().watts());
    json.put("power_at_tdp_w", evaluation.atLimit().system());
    json.put("energy_j", energy(run.energy().chips(), evaluation.plan().system().chip()));
    json.put("tokens_per_joule", run.energy().tokensPerJoule());
    json.put("tokens_per_s_per_watt", run.energy().tokensPerJoule());
    json.put("tokens_per_chip_joule", run.energy().tokensPerChipJoule());
    json.put("tokens_per_joule_boundary", "system");
    json.put("usd_per_hour", evaluation.hourly().owned());
    final Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("capital", evaluation.hourly().capital());
    parts.put("maintenance", evaluation.hourly().maintenance());
    parts.put("site", evaluation.hourly().site());
    parts.put("electricity", evaluation.hourly().electricity());
    json.put("usd_per_hour_parts", parts);
    json.put("utilisation", evaluation.hourly().utilisation());
    json.put("tokens_per_usd", evaluation.owned().tokensPerDollar());
    json.put("usd_per_million_tokens", dollars(evaluation.owned()));
    json.put("usd_basis", "owned");
    if (evaluation.rented() != null) {
      final Map<String, Object> rented = new LinkedHashMap<>();
      rented.put("usd_per_hour", evaluation.hourly().rental().orElseThrow());
      rented.put("tokens_per_usd", evaluation.rented().tokensPerDollar());
      rented.put("usd_per_million_tokens", dollars(evaluation.rented()));
      json.put("rented", rented);
    }
    MoneyJson.put(evaluation, json);
  }

  /** What one chip can do at most, with the weights' format. */
  private static Map<String, Object> roofline(final Plan plan) {
    final Chip chip = plan.system().chip();
    final double best =
        chip.peak().values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    final boolean external = chip.memory().isPresent();
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("chip", chip.name());
    json.put("op_per_s", chip.peak().getOrDefault(plan.weights(), best));
    json.put(
        "byte_per_s",
        external ? chip.memory().get().bandwidth() : chip.shared().orElseThrow().bandwidth());
    json.put("external_memory", external);
    return json;
  }

  private static Map<String, Object> verified(final SampleReport sample) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("operators", sample.operators());
    json.put("operators_simulated", sample.distinct());
    json.put("operators_audited", sample.audited());
    json.put("tiles", sample.tiles());
    json.put("elements", sample.elements());
    json.put("max_relative_error", sample.maxRelativeError());
    json.put("max_format_error", sample.maxFormatError());
    json.put("violations", sample.violations().size());
    json.put("findings", sample.violations());
    return json;
  }

  static Map<String, Object> distribution(final Distribution of) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", of.count());
    json.put("mean", finite(of.mean()));
    json.put("min", finite(of.min()));
    json.put("p50", finite(of.p50()));
    json.put("p90", finite(of.p90()));
    json.put("p95", finite(of.p95()));
    json.put("p99", finite(of.p99()));
    json.put("max", finite(of.max()));
    return json;
  }

  private static Map<String, Object> dollars(final TokenCost of) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("input", finite(of.input()));
    json.put("output", finite(of.output()));
    json.put("total", finite(of.total()));
    return json;
  }

  private static Map<String, Object> energy(final EnergyBreakdown of, final Chip chip) {
    final Map<String, Object> json = new LinkedHashMap<>(EnergyParts.of(of, chip));
    json.put("total", of.total());
    return json;
  }

  private static List<Map<String, Object>> sources(final List<SourceIndex.Cited> cited) {
    final List<Map<String, Object>> list = new ArrayList<>();
    for (final SourceIndex.Cited one : cited) {
      final Map<String, Object> json = new LinkedHashMap<>();
      json.put("what", one.what());
      json.put("mark", Keyed.of(one.mark()));
      json.put("numbers", one.numbers());
      list.add(json);
    }
    return list;
  }

  private static List<Map<String, Object>> operators(final List<OperatorTotal> totals) {
    final List<Map<String, Object>> list = new ArrayList<>();
    for (final OperatorTotal total : totals) {
      final Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", total.name());
      json.put("calls", total.calls());
      json.put("time_s", total.seconds());
      json.put("launch_s", total.launchSeconds());
      json.put("bound_s", total.boundSeconds());
      json.put("energy_j", total.joules());
      json.put("macs", total.macs());
      json.put("memory_bytes", total.memoryBytes());
      list.add(json);
    }
    return list;
  }

  private static Double finite(final double value) {
    return Double.isFinite(value) ? value : null;
  }
}
