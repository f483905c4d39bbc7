package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.inferchip.explore.Evaluation;
import org.inferchip.serving.InstanceUse;
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
    json.put("router", Keyed.of(evaluation.fleet().router()));
    json.put("imbalance", imbalance(uses));
    final List<Map<String, Object>> list = new ArrayList<>();
    uses.forEach(use -> list.add(instance(use)));
    json.put("instances", list);
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
