package org.inferchip.explore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.inferchip.arch.Offload;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.numerics.Format;
import org.inferchip.serving.Policy;
import org.inferchip.serving.RouterPolicy;
import org.inferchip.serving.Slo;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Picoseconds;
import org.inferchip.units.Range;

/**
 * What is to be run, in a file: a system, a model, a trace, and how it is served. Names and paths
 * mean what they mean on the command line (paths are relative to the working directory), and an
 * option given there stands over the file.
 *
 * @param name of the scenario
 * @param description one line for a reader
 * @param system by name or path
 * @param stack another software stack than the system's
 * @param model by name or path
 * @param trace by name or path
 * @param maxRequests only the first so many requests
 * @param policy scheduler; absent: vllm
 * @param prefixCaching whether prompts that begin alike are computed once; absent: where stack and
 *     trace allow
 * @param slo objectives that count as good
 * @param tensorParallel chips that each layer is split over
 * @param pipelineParallel stages
 * @param expertParallel groups of chips over which experts are dealt
 * @param expertSkew power of its rank by which an expert is liked less than others; absent: the
 *     model's popularity
 * @param dataParallel ranks with sequences of their own
 * @param format of weights
 * @param offload what is kept behind device memory
 * @param replicas instances of the system behind a router; absent: one
 * @param router which of them takes a request; absent: the one with the fewest requests
 * @param prefill instances that compute prompts for them
 * @param mappings of operators by name, as they are printed; absent: all are searched
 * @param seed of everything drawn at random
 */
public record Scenario(
    String name,
    String description,
    String system,
    Optional<String> stack,
    String model,
    String trace,
    @Range(min = 1) Optional<Integer> maxRequests,
    Optional<Policy> policy,
    Optional<Boolean> prefixCaching,
    Optional<Objectives> slo,
    @Range(min = 1) Optional<Integer> tensorParallel,
    @Range(min = 1) Optional<Integer> pipelineParallel,
    @Range(min = 1) Optional<Integer> expertParallel,
    @Range(min = 0, max = 4) Optional<Double> expertSkew,
    @Range(min = 1) Optional<Integer> dataParallel,
    Optional<Format> format,
    Optional<Offload> offload,
    @Range(min = 1, max = FleetWishes.MOST) Optional<Integer> replicas,
    Optional<RouterPolicy> router,
    Optional<Prefill> prefill,
    Optional<Map<String, String>> mappings,
    Optional<Long> seed) {

  /** Scenario files. */
  public static final Kind<Scenario> KIND =
      new Kind<>("scenario", "workloads/scenarios", Scenario.class, List.of());

  /**
   * Instances that compute prompts, and how caches come to those that decode.
   *
   * @param system by name or path
   * @param stack another software stack than the system's
   * @param replicas how many; absent: one
   * @param tensorParallel chips that each layer is split over
   * @param handover over which caches come
   */
  public record Prefill(
      String system,
      Optional<String> stack,
      @Range(min = 1, max = FleetWishes.MOST) Optional<Integer> replicas,
      @Range(min = 1) Optional<Integer> tensorParallel,
      Port handover) {}

  /**
   * The port of an instance.
   *
   * @param bandwidth bytes a second, one way
   * @param latency of a cache
   * @param overlap what is sent while a prompt is still computed; absent: none
   */
  public record Port(
      @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 0, exclusive = true) double bandwidth,
      @Measure(Dimension.SECONDS) @Range(min = 0) double latency,
      Optional<FleetWishes.Overlap> overlap) {}

  /**
   * Largest latencies that are good, in seconds.
   *
   * @param ttft time to first token
   * @param tpot time per output token after the first
   * @param e2e end to end
   */
  public record Objectives(
      @Measure(Dimension.SECONDS) Optional<Double> ttft,
      @Measure(Dimension.SECONDS) Optional<Double> tpot,
      @Measure(Dimension.SECONDS) Optional<Double> e2e) {

    /** In the form that serving takes. */
    public Slo slo() {
      return new Slo(picos(ttft), picos(tpot), picos(e2e));
    }

    private static OptionalLong picos(final Optional<Double> seconds) {
      return seconds
          .map(value -> OptionalLong.of(Picoseconds.of(value)))
          .orElse(OptionalLong.empty());
    }
  }
}
