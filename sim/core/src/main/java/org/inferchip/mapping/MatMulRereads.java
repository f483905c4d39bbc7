package org.inferchip.mapping;

import org.inferchip.operator.MatMul;

/**
 * How often the operands of a product come from external memory through a cache, in closed form:
 * what {@link MatMulReuse} says of the loads of all waves, to a few percent. It ranks mappings
 * only.
 *
 * <p>A wave of tiles reads its rows of A and its columns of W once. Where two waves fit the cache
 * together, A is kept while a band of row tiles is walked, so that it comes once, and W once a band
 * (once in all where a whole band fits).
 *
 * @param input reads of each byte of A
 * @param weight reads of each byte of W
 */
record MatMulRereads(double input, double weight) {
  /** Every byte once. */
  static final MatMulRereads NONE = new MatMulRereads(1, 1);

  /**
   * Of a walk in bands.
   *
   * @param arrays that compute a wave
   * @param cache bytes that the cache keeps
   */
  static MatMulRereads of(
      final MatMulGrid grid, final MatMulMapping mapping, final long arrays, final double cache) {
    final MatMul op = grid.op;
    final int tallest = op.groupRows().stream().mapToInt(Integer::intValue).max().orElseThrow();
    final int rowTiles = MatMulGrid.ceil(tallest, mapping.tileM());
    final double tiles = (double) rowTiles * grid.columns;
    final double height = Math.min(mapping.raster(), rowTiles);
    final double wide = Math.min(grid.columns, Math.max(1, arrays / height));
    final double high = Math.min(rowTiles, Math.max(height, arrays / (double) grid.columns));
    final double deep = (double) op.k() / grid.splits;
    final double rows =
        op.activation().bits() / 8 * deep * Math.min(high * mapping.tileM(), tallest);
    final double cols = op.weight().bits() / 8 * deep * Math.min(wide * mapping.tileN(), op.n());
    final double waves = Math.max(1, tiles / (high * wide));
    if (rows + cols <= cache) {
      final double band = rows + op.weight().bits() / 8 * deep * op.n();
      return new MatMulRereads(1, band <= cache ? 1 : Math.ceil(rowTiles / high));
    }
    final double allRows = op.activation().bits() / 8 * deep * tallest;
    final double allCols = op.weight().bits() / 8 * deep * op.n();
    return new MatMulRereads(
        Math.max(1, waves * rows / allRows), Math.max(1, waves * cols / allCols));
  }
}
