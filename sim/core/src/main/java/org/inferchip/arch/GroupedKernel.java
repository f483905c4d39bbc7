package org.inferchip.arch;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * A kernel for products of groups (experts), each with weights of its own. It has tiles of its own,
 * which it finds group by group: an expert with few rows takes a whole tile's time all the same.
 *
 * @param share of the unit's sustained rate that its loop reaches
 * @param perGroup time for each group with rows, those for which zeros are written included
 * @param tiles as in {@link MatmulKernels}; absent: those of dense products
 * @param pairTiles as there
 * @param menus as in {@link FormatKernels}, by the rows of all groups; absent: none
 * @param routing time from the start of a layer of experts to the start of the first kernel that
 *     moves rows, beyond the pass over the router's logits: choice of experts, sorting; absent:
 *     that of the stack's kernel for routing
 * @param inPlace whether rows are read where they stand, so that nothing puts them in the order of
 *     experts; absent: no
 * @param activates whether the first product writes what the activation makes of it, so that no
 *     kernel of its own does; absent: no
 * @param visit time for each 128 columns of each route's activation, routes to experts of other
 *     devices included: a kernel of its own starts a block of threads for each; absent: none
 * @param elsewhere what the kernel does for experts of other devices where experts are dealt over
 *     devices; absent: nothing
 * @param padded what sizes of experts are filled up to with zeros; absent: they stay as they are
 * @param bands row tiles of an expert that are walked together, as in {@link MatmulKernels};
 *     absent: as of dense products
 * @param stream as in {@link FormatKernels}
 * @param gather as there
 * @param quantize kernel of its own that converts the inputs of each of its products, where a
 *     format is narrow; absent: in tables of layers what comes before writes the narrow format, in
 *     steps as for dense products
 * @param tokensFirst whether a kernel converts all tokens to a narrow format before any is put in
 *     the order of experts, those without experts here included; absent: no
 * @param tuned experts of a device x their columns there that this kernel was tuned for, where the
 *     library has files of such; absent: any
 * @param untuned whether tables of layers ran it without its tuner: it then takes the tiles one
 *     step of its rows below those that cover the mean rows of an expert of the device (tokens x
 *     choices / experts here); in steps, and absent, any
 * @param apart as in {@link FormatKernels}
 */
public record GroupedKernel(
    @Range(min = 0, max = 1, exclusive = true) double share,
    @Measure(Dimension.SECONDS) double perGroup,
    Optional<List<String>> tiles,
    Optional<List<String>> pairTiles,
    Optional<List<FormatKernels.Menu>> menus,
    @Measure(Dimension.SECONDS) Optional<Double> routing,
    Optional<Boolean> inPlace,
    Optional<Boolean> activates,
    @Measure(Dimension.SECONDS) Optional<Double> visit,
    Optional<Elsewhere> elsewhere,
    Optional<Padding> padded,
    @Range(min = 1) Optional<Integer> bands,
    @Range(min = 0, max = 1, exclusive = true) Optional<Double> stream,
    Optional<FormatKernels.Gather> gather,
    Optional<Quantize> quantize,
    Optional<Boolean> tokensFirst,
    Optional<List<String>> tuned,
    Optional<Boolean> untuned,
    Optional<Boolean> apart) {

  /** Columns of a block of the activation's kernel. */
  private static final int BLOCK = 128;

  /** Checks the spelling of the tuned shapes. */
  public GroupedKernel {
    tuned.ifPresent(all -> MatmulKernels.check(all, List.of()));
    if (untuned.orElse(false) && tiles.isEmpty() && pairTiles.isEmpty()) {
      throw new IllegalArgumentException("an untuned kernel without tiles of its own");
    }
  }

  /** What is done for rows whose experts are elsewhere. */
  public enum Elsewhere {
    /** Their results are written as zeros, and what follows passes over them. */
    ZEROS,
    /** They are multiplied with weights that are here, and their results are dropped. */
    COMPUTED
  }

  /**
   * Multiples that weights are laid out to, which memory then holds and products then multiply.
   *
   * @param hidden of a model's hidden size
   * @param width of an expert's part of a device
   */
  public record Padding(@Range(min = 1) int hidden, @Range(min = 1) int width) {
    /** A hidden size with what fills it up. */
    public int ofHidden(final int size) {
      return up(size, hidden);
    }

    /** A width with what fills it up. */
    public int ofWidth(final int size) {
      return up(size, width);
    }

    private static int up(final int size, final int multiple) {
      return (size + multiple - 1) / multiple * multiple;
    }
  }

  /**
   * Seconds for which the activation's kernel visits so many routes, wherever their experts are.
   */
  public double visits(final long routes, final int width) {
    return visit.orElse(0.0) * routes * ((width - 1) / BLOCK + 1);
  }

  /** The same with the tiles alone that it takes for so many rows of an expert in the mean. */
  GroupedKernel loaded(final double meanRows) {
    if (!untuned.orElse(false)) {
      return this;
    }
    final List<String> single = tiles.orElse(List.of());
    final List<String> paired = pairTiles.orElse(List.of());
    final int taken = below(Stream.concat(single.stream(), paired.stream()), meanRows);
    return new GroupedKernel(
        share,
        perGroup,
        Optional.of(ofRows(taken, single)),
        Optional.of(ofRows(taken, paired)),
        menus,
        routing,
        inPlace,
        activates,
        visit,
        elsewhere,
        padded,
        bands,
        stream,
        gather,
        quantize,
        tokensFirst,
        tuned,
        untuned,
        apart);
  }

  /** Rows of tiles one step below the least that cover so many. */
  private static int below(final Stream<String> tiles, final double meanRows) {
    final List<Integer> rows = tiles.map(MatmulKernels::rows).distinct().sorted().toList();
    int at = 0;
    while (at + 1 < rows.size() && rows.get(at) < meanRows) {
      at++;
    }
    return rows.get(Math.max(0, at - 1));
  }

  private static List<String> ofRows(final int rows, final List<String> tiles) {
    return tiles.stream().filter(tile -> MatmulKernels.rows(tile) == rows).toList();
  }

  /** Whether it was tuned for so many experts of so many columns on a device. */
  boolean tunedFor(final int experts, final int width) {
    return tuned.filter(all -> all.contains(experts + "x" + width)).isPresent();
  }

  /** The menu, where dense products have another. */
  FormatKernels menu(final FormatKernels dense) {
    return new FormatKernels(
        tiles.orElse(dense.tiles()),
        pairTiles.orElse(dense.pairTiles()),
        List.of(1),
        share,
        Optional.empty(),
        menus,
        stream,
        gather,
        apart);
  }
}
