package org.inferchip.arch;

import java.util.List;
import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Kernels of a format.
 *
 * @param tiles as in {@link MatmulKernels}; empty: every tile that fits, where there are no pair
 *     tiles either
 * @param pairTiles as there
 * @param splits as there
 * @param share of the unit's sustained rate that their loops reach
 * @param cluster cores that such a kernel starts together, pairs over two row tiles with them even
 *     where there is one row tile; absent: pairs alone, and where rows are few, products are turned
 *     so that both of a pair have work
 * @param menus tiles by the size of the product, where the library has a rule: the first whose
 *     limits hold takes the place of the tiles; absent: none
 * @param stream share of the memory's sustained rate that their loads reach, where they take short
 *     pieces of each row; absent: all
 * @param gather what reading rows where they stand costs; absent: nothing
 * @param apart whether their loads and their products do not slow each other; absent: they do, as
 *     the unit says
 */
public record FormatKernels(
    List<String> tiles,
    List<String> pairTiles,
    @Range(min = 1) List<Integer> splits,
    @Range(min = 0, max = 1, exclusive = true) double share,
    @Range(min = 1) Optional<Integer> cluster,
    Optional<List<Menu>> menus,
    @Range(min = 0, max = 1, exclusive = true) Optional<Double> stream,
    Optional<Gather> gather,
    Optional<Boolean> apart) {

  /**
   * Rows of a tile that lie anywhere in much memory: beyond what addresses are translated for at
   * hand, loads wait, and a loop is longer by up to so much.
   *
   * @param reach bytes for which it is not
   * @param longer share of the loop's time that all of much more memory costs
   */
  public record Gather(
      @Measure(Dimension.BYTES) @Range(min = 0, exclusive = true) double reach,
      @Range(min = 0) double longer) {
    /** Times as long that a loop takes over rows of so many bytes. */
    double times(final double bytes) {
      return 1 + longer * Math.max(0, 1 - reach / bytes);
    }
  }

  /**
   * Tiles of some products.
   *
   * @param mostRows of the product; absent: any
   * @param mostColumns of the product; absent: any
   * @param leastRows of the product; absent: any
   * @param leastReduction length of its sums; absent: any
   * @param tiles as in {@link MatmulKernels}
   * @param pairTiles as there
   * @param cluster as of other products
   * @param share as of other products; absent: theirs
   */
  public record Menu(
      @Range(min = 1) Optional<Integer> mostRows,
      @Range(min = 1) Optional<Integer> mostColumns,
      @Range(min = 1) Optional<Integer> leastRows,
      @Range(min = 1) Optional<Integer> leastReduction,
      List<String> tiles,
      List<String> pairTiles,
      @Range(min = 1) Optional<Integer> cluster,
      @Range(min = 0, max = 1, exclusive = true) Optional<Double> share) {
    /** Checks the spelling of the tiles, and that there are any. */
    public Menu {
      MatmulKernels.check(tiles, pairTiles);
      if (tiles.isEmpty() && pairTiles.isEmpty()) {
        throw new IllegalArgumentException("a menu without tiles");
      }
    }

    private boolean holds(final int rows, final int columns, final int reduction) {
      return mostRows.filter(most -> rows > most).isEmpty()
          && mostColumns.filter(most -> columns > most).isEmpty()
          && leastRows.filter(least -> rows < least).isEmpty()
          && leastReduction.filter(least -> reduction < least).isEmpty();
    }
  }

  /** Kernels that load whole rows, which lie together. */
  public FormatKernels(
      final List<String> tiles,
      final List<String> pairTiles,
      final List<Integer> splits,
      final double share,
      final Optional<Integer> cluster,
      final Optional<List<Menu>> menus) {
    this(
        tiles,
        pairTiles,
        splits,
        share,
        cluster,
        menus,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Checks the spelling of the tiles. */
  public FormatKernels {
    MatmulKernels.check(tiles, pairTiles);
  }

  /** Those for a product of this size. */
  public FormatKernels of(final int rows, final int columns, final int reduction) {
    return menus.stream()
        .flatMap(List::stream)
        .filter(menu -> menu.holds(rows, columns, reduction))
        .findFirst()
        .map(
            menu ->
                new FormatKernels(
                    menu.tiles,
                    menu.pairTiles,
                    splits,
                    menu.share.orElse(share),
                    menu.cluster,
                    Optional.empty(),
                    stream,
                    gather,
                    apart))
        .orElse(this);
  }

  /** Share of the unit's sustained rate that the loop reaches over rows of so many bytes. */
  public double share(final double bytes) {
    return share / gather.map(rows -> rows.times(bytes)).orElse(1.0);
  }

  /** Whether every tile that fits may be taken. */
  public boolean free() {
    return tiles.isEmpty() && pairTiles.isEmpty();
  }
}
