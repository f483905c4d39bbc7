package org.inferchip.arithmetic;

import java.util.Random;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef.Role;

/**
 * A rectangle of a result that a program stored.
 *
 * @param role which result
 * @param row first row; of the index tensor where the store scatters
 * @param col first column
 * @param rows rows
 * @param cols columns
 * @param index the tensor whose entries are the rows, or {@link Task#NONE}
 */
public record OutputRegion(Role role, int row, int col, int rows, int cols, int index) {

  /** One of the four corners, of at most so many rows and columns. */
  OutputRegion corner(final int mostRows, final int mostCols, final Random random) {
    final int height = Math.min(rows, mostRows);
    final int width = Math.min(cols, mostCols);
    return new OutputRegion(
        role,
        random.nextBoolean() ? row : row + rows - height,
        random.nextBoolean() ? col : col + cols - width,
        height,
        width,
        index);
  }
}
