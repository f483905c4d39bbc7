package org.inferchip.explore;

import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.serving.Handover;
import org.inferchip.serving.RouterPolicy;
import org.inferchip.simulation.Plan;

/**
 * How many instances serve a trace together.
 *
 * @param replicas of the system
 * @param router that deals requests out to them
 * @param prefill instances that compute prompts for them; absent: they do
 */
public record FleetWishes(int replicas, RouterPolicy router, Optional<Prefill> prefill) {
  /** Instances at most. */
  public static final int MOST = 1024;

  /** One instance. */
  public static final FleetWishes NONE =
      new FleetWishes(1, RouterPolicy.LEAST_REQUESTS, Optional.empty());

  /** Whether there is one instance alone. */
  public boolean none() {
    return replicas == 1 && prefill.isEmpty();
  }

  /**
   * Instances that compute prompts for others.
   *
   * @param system of each
   * @param replicas how many
   * @param wishes splits and formats that are not left to the plan
   * @param link over which caches are handed over
   */
  public record Prefill(
      Described<SystemDescription> system, int replicas, Plan.Wishes wishes, Link link) {}

  /** What is sent while a prompt is still computed. */
  public enum Overlap {
    /** Nothing: the cache is sent after the first token. */
    NONE,
    /** The cache of each layer as soon as that layer has been computed. */
    LAYERS
  }

  /**
   * A port of each instance.
   *
   * @param bandwidth bytes a second
   * @param latencyPicos of a cache
   * @param overlap what is sent while a prompt is still computed
   */
  public record Link(double bandwidth, long latencyPicos, Overlap overlap) {

    /** With the caches of a model in a format. */
    Handover handover(final Model model, final Format cache) {
      return new Handover(
          bandwidth,
          latencyPicos,
          overlap == Overlap.LAYERS ? model.numHiddenLayers() : 1,
          (tokens, cached) -> bytes(model, cache, tokens, cached));
    }

    /** Windows of local layers are sent, not what lies before them. */
    private static long bytes(
        final Model model, final Format cache, final int tokens, final int cached) {
      final long sent =
          model.layers().stream()
              .mapToLong(layer -> Math.min(layer.shape().cachedTokens(tokens), tokens - cached))
              .sum();
      return cache.bytes(sent * model.cachedElementsPerLayer());
    }
  }
}
