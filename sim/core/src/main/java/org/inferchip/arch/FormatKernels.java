package org.inferchip.arch;

import java.util.List;
import java.util.Optional;
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
 */
public record FormatKernels(
    List<String> tiles,
    List<String> pairTiles,
    @Range(min = 1) List<Integer> splits,
    @Range(min = 0, max = 1, exclusive = true) double share,
    @Range(min = 1) Optional<Integer> cluster,
    Optional<List<Menu>> menus) {

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
   */
  public record Menu(
      @Range(min = 1) Optional<Integer> mostRows,
      @Range(min = 1) Optional<Integer> mostColumns,
      @Range(min = 1) Optional<Integer> leastRows,
      @Range(min = 1) Optional<Integer> leastReduction,
      List<String> tiles,
      List<String> pairTiles,
      @Range(min = 1) Optional<Integer> cluster) {
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
                    menu.tiles, menu.pairTiles, splits, share, menu.cluster, Optional.empty()))
        .orElse(this);
  }

  /** Whether every tile that fits may be taken. */
  public boolean free() {
    return tiles.isEmpty() && pairTiles.isEmpty();
  }
}
