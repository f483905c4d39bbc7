package org.inferchip.explore.sweep;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.explore.pareto.Goal;
import org.inferchip.numerics.Format;
import org.inferchip.units.Literal;
import org.inferchip.units.Range;

/**
 * Designs to be tried, in a file: every system with every model, and with every combination of what
 * the entries of {@code vary} give.
 *
 * @param name of the sweep
 * @param description one line for a reader
 * @param systems by name or path, to start from
 * @param stack another software stack than the systems'
 * @param models by name or path; designs are compared with one model
 * @param work what every point does
 * @param format of weights
 * @param tensorParallel chips that each layer is split over
 * @param pipelineParallel stages
 * @param set values set over every system by key path, below those that vary
 * @param pinned mappings that are not searched, in their printed form, by operator name
 * @param vary what varies, the last entry fastest
 * @param constraints conditions on figures, each of which a design must meet, such as {@code
 *     area_mm2 <= 858 mm2}
 * @param objectives figures by name, and whether little or much of them is good: two to four
 * @param silicon whether dies, power and prices follow what varies; absent: follows
 * @param seed of what is drawn at random; absent: 1
 */
public record Sweep(
    String name,
    String description,
    List<String> systems,
    Optional<String> stack,
    List<String> models,
    Work work,
    Optional<Format> format,
    @Range(min = 1) Optional<Integer> tensorParallel,
    @Range(min = 1) Optional<Integer> pipelineParallel,
    Optional<Map<String, Literal>> set,
    Optional<Map<String, String>> pinned,
    List<Axis> vary,
    Optional<List<String>> constraints,
    Map<String, Goal> objectives,
    Optional<Silicon> silicon,
    Optional<Long> seed) {

  /** What becomes of dies, power and prices where parts of a chip vary. */
  public enum Silicon {
    /**
     * Dies grow and shrink with what stands on them, floors and power limit with them, and the
     * price with what they cost.
     */
    FOLLOWS,
    /** All stay as they are described. */
    STATED
  }

  /** Sweep files. */
  public static final Kind<Sweep> KIND =
      new Kind<>("sweep", "workloads/sweeps", Sweep.class, List.of());
}
