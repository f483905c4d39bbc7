package org.inferchip.explore.sweep;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import org.inferchip.explore.Scenario;
import org.inferchip.serving.Policy;
import org.inferchip.units.Range;

/** What every point of a sweep does. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Work.Steps.class, name = "steps"),
  @JsonSubTypes.Type(value = Work.Replay.class, name = "trace")
})
public sealed interface Work {

  /**
   * A steady load made of two steps, which is far quicker than a trace: sequences that decode
   * together, each of which came by a prompt that was computed alone.
   *
   * @param batch sequences that decode together
   * @param context tokens in the cache of each, the new one included; stands for the mean over its
   *     output
   * @param prefill tokens of a prompt; absent: prompts are not counted
   * @param output tokens that each sequence generates
   */
  record Steps(
      @Range(min = 1) int batch,
      @Range(min = 1) int context,
      @Range(min = 1) Optional<Integer> prefill,
      @Range(min = 1) int output)
      implements Work {}

  /**
   * A trace that is replayed, its arithmetic verified by samples, as {@code run} does.
   *
   * @param trace by name or path
   * @param maxRequests only the first so many requests
   * @param policy scheduler; absent: vllm
   * @param slo objectives that count as good
   */
  record Replay(
      String trace,
      @Range(min = 1) Optional<Integer> maxRequests,
      Optional<Policy> policy,
      Optional<Scenario.Objectives> slo)
      implements Work {}
}
