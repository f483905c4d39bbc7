package org.inferchip.arch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * A software stack: everything between the model and the silicon that is not silicon.
 *
 * @param name such as {@code vllm}
 * @param description one line for a reader
 * @param hostInTheLoop whether a host launches each step; false for statically scheduled machines
 * @param launch time from one operator's end to the next one's start on the device, by operator
 *     kind
 * @param step host time of each step
 * @param graphSizes batches are padded up to the next of these; above the last, and where empty,
 *     nothing is padded
 * @param graphPrompts whether steps with prompts are padded so, too (graphs of pieces, static
 *     shapes), not decode batches alone; absent: they are
 * @param scheduler the serving defaults
 * @param weights format of weights that a chip is given if it has it
 * @param cache format of the KV cache
 * @param attention how attention kernels split work
 * @param matmul which matmul tiles the library offers
 * @param collectives kernels of the collective library, by a name of their own; empty: the fastest
 *     algorithm by simulation, without start
 * @param elementwise kernels of element-wise work that take more than one pass or have a launch of
 *     their own; absent, and what is not listed: one pass and {@code launch.elementwise}
 * @param stored how weights are multiplied whose format the matrix unit lacks, or of which some are
 *     in other formats, by the format of most of them; absent: none
 * @param sections what is joined into sections of dataflow; absent: nothing
 * @param summed format in which activations are summed over chips; absent: as they are
 * @param contextSizes lengths to which the cache of a sequence is padded where shapes are static:
 *     decoding reads the next of these, of the longest sequence of a batch; above the last, and
 *     where absent, nothing is padded
 * @param free parameters that a calibration may fit, by what is measured ({@code gemm}) and key
 *     path of the system; absent: none
 * @param sources citation to key paths
 */
public record Stack(
    String name,
    String description,
    boolean hostInTheLoop,
    Launch launch,
    Step step,
    @Range(min = 1) List<Integer> graphSizes,
    Optional<Boolean> graphPrompts,
    Scheduler scheduler,
    Format weights,
    Format cache,
    AttentionKernels attention,
    MatmulKernels matmul,
    Map<String, CollectiveKernel> collectives,
    Optional<Map<RowWork, RowKernel>> elementwise,
    Optional<Map<Format, StoredWeights>> stored,
    Optional<Sections> sections,
    Optional<Format> summed,
    @Range(min = 1) Optional<List<Integer>> contextSizes,
    Optional<Map<String, Map<String, FreeParameter>>> free,
    Map<String, Source> sources) {
  /** Parameters that one kind of measurement may have free. */
  private static final int MOST_FREE = 3;

  /** Checks that the graph sizes increase, and that few parameters are free. */
  public Stack {
    free.ifPresent(
        all ->
            all.forEach(
                (op, some) -> {
                  if (some.size() > MOST_FREE) {
                    throw new IllegalArgumentException(
                        "free." + op + " has more than " + MOST_FREE + " parameters");
                  }
                }));
    elementwise.ifPresent(Stack::check);
    increasing("graph_sizes", graphSizes);
    contextSizes.ifPresent(sizes -> increasing("context_sizes", sizes));
  }

  private static void check(final Map<RowWork, RowKernel> kernels) {
    kernels.forEach(
        (work, one) -> {
          for (final RowPart part : one.parts().orElse(List.of())) {
            final RowKernel other = kernels.get(part.work());
            if (other != null && other.parts().isPresent()) {
              throw new IllegalArgumentException(
                  "elementwise: a part of a kernel has parts itself");
            }
          }
          if (work != RowWork.TOP_K && one.choices().isPresent()) {
            throw new IllegalArgumentException("elementwise: top-k alone has choices");
          }
        });
  }

  private static void increasing(final String name, final List<Integer> sizes) {
    for (int i = 1; i < sizes.size(); i++) {
      if (sizes.get(i) <= sizes.get(i - 1)) {
        throw new IllegalArgumentException(name + " do not increase");
      }
    }
  }

  /** How weights of a format are stored and multiplied; empty: natively, all alike. */
  public Optional<StoredWeights> stored(final Format format) {
    return stored.map(all -> all.get(format));
  }

  /** Tokens of cache that decoding at a context reads. */
  public int readContext(final int context) {
    return padded(contextSizes.orElse(List.of()), context);
  }

  /**
   * Rows that a device computes: those of the next graph, if there is one.
   *
   * @param prompts whether the step has any
   */
  public int paddedRows(final int rows, final boolean prompts) {
    return prompts && !graphPrompts.orElse(true) ? rows : padded(graphSizes, rows);
  }

  /** The next of some sizes, which increase; itself above the last. */
  public static int padded(final List<Integer> sizes, final int size) {
    for (final int one : sizes) {
      if (one >= size) {
        return one;
      }
    }
    return size;
  }

  /** This with other matmul kernels. */
  public Stack with(final MatmulKernels kernels) {
    return with(step, kernels, elementwise, stored);
  }

  /** This with another way to keep weights of one format. */
  public Stack storing(final Format format, final StoredWeights weights) {
    final Map<Format, StoredWeights> all = new TreeMap<>(stored.orElse(Map.of()));
    all.put(format, weights);
    return with(step, matmul, elementwise, Optional.of(all));
  }

  /** This with another launch of one kind of element-wise work. */
  public Stack launching(final RowWork work, final double seconds) {
    final Map<RowWork, RowKernel> all = new TreeMap<>(elementwise.orElse(Map.of()));
    all.put(work, RowKernel.launched(seconds, Optional.ofNullable(all.get(work))));
    return with(step, matmul, Optional.of(all), stored);
  }

  /** This with graphs of steps of up to so many tokens. */
  public Stack capturing(final int tokens) {
    final Optional<Eager> beyond =
        step.eager().map(eager -> new Eager(eager.layer(), Optional.of(tokens + 1)));
    return with(step.with(beyond), matmul, elementwise, stored);
  }

  /** This where the host launches kernels of steps with prompts one by one. */
  public Stack launching(final Eager eager) {
    return with(step.with(Optional.of(eager)), matmul, elementwise, stored);
  }

  private Stack with(
      final Step steps,
      final MatmulKernels kernels,
      final Optional<Map<RowWork, RowKernel>> rows,
      final Optional<Map<Format, StoredWeights>> kept) {
    return new Stack(
        name,
        description,
        hostInTheLoop,
        launch,
        steps,
        graphSizes,
        graphPrompts,
        scheduler,
        weights,
        cache,
        attention,
        kernels,
        collectives,
        rows,
        kept,
        sections,
        summed,
        contextSizes,
        free,
        sources);
  }

  /**
   * Launch floors: time an operator takes beyond its own work.
   *
   * @param matmul for each matrix multiplication
   * @param attention for each attention
   * @param elementwise for each norm, activation, rotation
   * @param collective for each collective
   * @param pace an operator takes no less: what the host needs for one call where operators are
   *     launched one by one; absent: nothing
   */
  public record Launch(
      @Measure(Dimension.SECONDS) double matmul,
      @Measure(Dimension.SECONDS) double attention,
      @Measure(Dimension.SECONDS) double elementwise,
      @Measure(Dimension.SECONDS) double collective,
      @Measure(Dimension.SECONDS) Optional<Double> pace) {}

  /**
   * Host time of a step (scheduling, sampling, detokenising) that the device waits for.
   *
   * @param fixed each step
   * @param perRequest each running request
   * @param perToken each token of the step
   * @param skew each all-reduce of the step: ranks that wait for each other; absent: none
   * @param frontEnd from a client's request until the scheduler knows of it (server, tokeniser),
   *     and the way of its first token back; absent: none
   * @param frontEndToken of the server's one tokenizer for each token of a prompt, one request
   *     after the other; absent: none
   * @param frontEndRequest what of {@code frontEnd} keeps the server's one process busy, so that
   *     requests that come together wait for each other; absent: nothing
   * @param ahead whether a step is scheduled while the one before it runs, so that a request that
   *     arrives can be in the step after the next one at the earliest; absent: no
   * @param late whether first tokens of a step leave only when the step after it, if that has
   *     prompts too, is launched: at its end; absent: no
   * @param eager steps with prompts, where no captured graph holds them; absent: a graph does, or
   *     the host is fast enough
   */
  public record Step(
      @Measure(Dimension.SECONDS) double fixed,
      @Measure(Dimension.SECONDS) double perRequest,
      @Measure(Dimension.SECONDS) double perToken,
      @Measure(Dimension.SECONDS) Optional<Double> skew,
      @Measure(Dimension.SECONDS) Optional<Double> frontEnd,
      @Measure(Dimension.SECONDS) Optional<Double> frontEndToken,
      @Measure(Dimension.SECONDS) Optional<Double> frontEndRequest,
      Optional<Boolean> ahead,
      Optional<Boolean> late,
      Optional<Eager> eager) {
    /** Checks that a request keeps the server busy for no longer than it is there. */
    public Step {
      if (frontEndRequest.orElse(0.0) > frontEnd.orElse(0.0)) {
        throw new IllegalArgumentException("front_end_request is longer than front_end");
      }
    }

    private Step with(final Optional<Eager> other) {
      return new Step(
          fixed,
          perRequest,
          perToken,
          skew,
          frontEnd,
          frontEndToken,
          frontEndRequest,
          ahead,
          late,
          other);
    }
  }

  /**
   * Steps whose kernels the host launches one by one.
   *
   * @param layer what the host needs for those of a layer: the step takes no less for each
   * @param from tokens of a step from which on no graph holds it; absent: none holds any
   */
  public record Eager(
      @Measure(Dimension.SECONDS) double layer, @Range(min = 1) Optional<Integer> from) {}

  /**
   * Serving defaults.
   *
   * @param maxBatchedTokens token budget of a step
   * @param maxSequences running requests
   * @param blockTokens tokens in a KV block
   * @param memoryUtilisation share of memory that weights and KV cache may take
   * @param reserved memory of a device that neither weights nor cache may take, within that share:
   *     contexts, graphs, communication buffers, the peak of sampling; absent: none
   * @param prefixCaching whether blocks of equal content are shared and kept; absent: no
   * @param mixed whether a step may hold prompts and decoding; absent: yes
   * @param slotted whether requests have seats in time slots of their own, with a cache reserved
   *     for the longest request, as statically scheduled machines serve; absent: no
   * @param interleave whether decoding goes in two half batches that take turns on attention units
   *     and on all else, where that is faster; absent: no
   */
  public record Scheduler(
      @Range(min = 1) int maxBatchedTokens,
      @Range(min = 1) int maxSequences,
      @Range(min = 1) int blockTokens,
      @Range(min = 0, max = 1, exclusive = true) double memoryUtilisation,
      @Measure(Dimension.BYTES) Optional<Double> reserved,
      Optional<Boolean> prefixCaching,
      Optional<Boolean> mixed,
      Optional<Boolean> slotted,
      Optional<Boolean> interleave) {}

  /**
   * How attention kernels split work.
   *
   * @param queryTile rows of queries (heads packed) in a work item
   * @param keyTile keys in a step of the loop
   * @param splitKeys whether decode splits one sequence over several cores
   * @param fused QK, softmax and PV in one operator; otherwise scores go through memory
   * @param kernels the kernels that there are
   * @param paths which of them a call takes; calls without a path are mapped by search over tiles
   *     of about the above
   */
  public record AttentionKernels(
      @Range(min = 1) int queryTile,
      @Range(min = 1) int keyTile,
      boolean splitKeys,
      boolean fused,
      Map<String, AttentionKernel> kernels,
      List<AttentionPath> paths) {
    /** Checks that the paths lead to kernels. */
    public AttentionKernels {
      for (final AttentionPath path : paths) {
        if (!kernels.containsKey(path.kernel())) {
          throw new IllegalArgumentException(
              "a path leads to the kernel " + path.kernel() + ", of " + kernels.keySet());
        }
      }
    }
  }
}
