package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.FleetWishes;
import org.inferchip.explore.Pooled;
import org.inferchip.serving.HandoverUse;
import org.inferchip.serving.InstanceUse;
import org.inferchip.serving.RunResult;
import org.inferchip.simulation.Plan;
import org.inferchip.units.Keyed;

/** What each of several instances did, and how uneven they were. */
final class FleetJson {
  private FleetJson() {}

  static void put(final Evaluation evaluation, final Map<String, Object> json) {
    if (evaluation.fleet().none()) {
      return;
    }
    final List<InstanceUse> uses = evaluation.run().instances();
    json.put("replicas", evaluation.fleet().replicas());
    evaluation
        .fleet()
        .prefill()
        .ifPresent(
            prefill -> {
              json.put("prefill_replicas", prefill.replicas());
              json.put("prefill_placement", placement(evaluation.pools().get(0)));
              json.put("handover", handover(prefill.link(), evaluation.run()));
            });
    json.put("router", Keyed.of(evaluation.fleet().router()));
    json.put(
        "imbalance",
        imbalance(uses.stream().filter(use -> use.part() != InstanceUse.Part.PREFILL).toList()));
    final List<Map<String, Object>> list = new ArrayList<>();
    uses.forEach(use -> list.add(instance(use)));
    json.put("instances", list);
  }

  /** How the model lies on an instance that computes prompts. */
  private static Map<String, Object> placement(final Pooled pooled) {
    final Plan plan = pooled.plan();
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("system", plan.system().name());
    json.put("stack", plan.system().stack().name());
    json.put("chips", pooled.packages());
    json.put("tensor_parallel", plan.tensorParallel());
    json.put("pipeline_parallel", plan.pipelineParallel());
    json.put("weights", plan.weights().key());
    json.put("cache", plan.cache().key());
    json.put("kv_blocks", plan.kvBlocks());
    json.put("usd_per_hour", pooled.hourly().owned());
    return json;
  }

  private static Map<String, Object> handover(final FleetWishes.Link link, final RunResult run) {
    final HandoverUse use = run.handover().orElseThrow();
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("byte_per_s", link.bandwidth());
    json.put("latency_us", link.latencyPicos() * 1e-6);
    json.put("overlap", Keyed.of(link.overlap()));
    json.put("requests", use.requests());
    json.put("bytes", use.bytes());
    json.put("cached_tokens", use.cachedTokens());
    json.put("sender_busy_share", use.senderBusyShare());
    json.put("receiver_busy_share", use.receiverBusyShare());
    final Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("queueing", use.queueing());
    parts.put("prefill", use.prefill());
    parts.put("room", use.room());
    parts.put("link", use.link());
    parts.put("transfer", use.transfer());
    parts.put("decode", use.decode());
    json.put("mean_e2e_parts_ms", parts);
    return json;
  }

  /** The most of an instance over the mean of all; 1: all alike. */
  private static Map<String, Object> imbalance(final List<InstanceUse> uses) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("requests", imbalance(uses, InstanceUse::requests));
    json.put("output_tokens", imbalance(uses, InstanceUse::outputTokens));
    json.put("busy_share", imbalance(uses, InstanceUse::busyShare));
    return json;
  }

  private static Double imbalance(
      final List<InstanceUse> uses, final ToDoubleFunction<InstanceUse> of) {
    final double mean = uses.stream().mapToDouble(of).average().orElse(0);
    return mean == 0 ? null : uses.stream().mapToDouble(of).max().orElse(0) / mean;
  }

  private static Map<String, Object> instance(final InstanceUse use) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("part", Keyed.of(use.part()));
    json.put("system", use.system());
    json.put("requests", use.requests());
    json.put("completed", use.completed());
    json.put("output_tokens", use.outputTokens());
    json.put("prefill_tokens", use.prefillTokens());
    json.put("prefix_hit_rate", use.prefixHitRate());
    json.put("busy_share", use.busyShare());
    json.put("mean_kv_utilisation", use.meanKvUtilisation());
    json.put("mean_running", use.meanRunning());
    json.put("mean_waiting", use.meanWaiting());
    json.put("preemptions", use.preemptions());
    json.put("ttft_ms", ResultJson.distribution(use.ttft()));
    json.put("e2e_ms", ResultJson.distribution(use.e2e()));
    json.put("chip_w", use.watts().chip());
    json.put("system_w", use.watts().system());
    return json;
  }
}
