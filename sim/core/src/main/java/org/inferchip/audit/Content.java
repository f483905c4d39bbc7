package org.inferchip.audit;

import java.util.BitSet;
import org.inferchip.program.TensorRef;
import org.inferchip.program.VectorOp;

/**
 * What a tile holds, as a matrix of rows x cols: which elements of which tensors went into it, and
 * how. Immutable. A tile may be cut and may be viewed in another shape with as many elements (rows
 * of queries with several heads side by side are read as rows of one head each); where the result
 * has no description, both give null.
 */
sealed interface Content
    permits AttentionContent,
        Content.Applied,
        Content.Combined,
        Content.Contribution,
        Content.Largest,
        Content.Loaded,
        Content.Product,
        Content.Unknown,
        Content.Viewed {

  int rows();

  int cols();

  /** Elements. */
  default long size() {
    return (long) rows() * cols();
  }

  /** The part from a row and column on. */
  Content part(int row, int col, int rows, int cols);

  /** The same elements, row after row, in another shape. */
  Content viewed(int rows, int cols);

  /** A neighbour appended below (or on the right), if both together are one region; else null. */
  default Content joined(final Content next, final boolean below) {
    return null;
  }

  /** Something undefined whose cause was reported where it arose: nothing more is said about it. */
  record Unknown(int rows, int cols) implements Content {
    @Override
    public Content part(final int row, final int col, final int h, final int w) {
      return new Unknown(h, w);
    }

    @Override
    public Content viewed(final int h, final int w) {
      return new Unknown(h, w);
    }
  }

  /**
   * A region as loaded.
   *
   * @param index tensor through which rows are gathered ({@code row} counts its rows), or -1
   */
  record Loaded(TensorRef tensor, int row, int col, int rows, int cols, int index)
      implements Content {
    @Override
    public Content part(final int r, final int c, final int h, final int w) {
      return new Loaded(tensor, row + r, col + c, h, w, index);
    }

    @Override
    public Content viewed(final int h, final int w) {
      return h == rows && w == cols ? this : new Viewed(this, h, w);
    }

    TensorRef.Role role() {
      return tensor.role();
    }

    /** Whether it is that region of that tensor, not gathered. */
    boolean is(final TensorRef.Role role, final int r, final int c, final int h, final int w) {
      return tensor.role() == role && index < 0 && row == r && col == c && rows == h && cols == w;
    }
  }

  /** A loaded region in another shape; read as queries or as a piece of a message. */
  record Viewed(Loaded loaded, int rows, int cols) implements Content {
    @Override
    public Content part(final int r, final int c, final int h, final int w) {
      return r == 0 && c == 0 && h == rows && w == cols ? this : null;
    }

    @Override
    public Content viewed(final int h, final int w) {
      return loaded.viewed(h, w);
    }
  }

  /**
   * Rows and columns of a matrix product.
   *
   * @param reduced which of the reduction has been summed
   */
  record Product(int row, int col, int rows, int cols, Ranges reduced) implements Content {
    @Override
    public Content part(final int r, final int c, final int h, final int w) {
      return new Product(row + r, col + c, h, w, reduced);
    }

    @Override
    public Content viewed(final int h, final int w) {
      return h == rows && w == cols ? this : null;
    }

    @Override
    public Content joined(final Content next, final boolean below) {
      if (!(next instanceof Product p) || !p.reduced.equals(reduced)) {
        return null;
      }
      if (below) {
        return p.col == col && p.cols == cols && p.row == row + rows
            ? new Product(row, col, rows + p.rows, cols, reduced)
            : null;
      }
      return p.row == row && p.rows == rows && p.col == col + cols
          ? new Product(row, col, rows, cols + p.cols, reduced)
          : null;
    }
  }

  /**
   * Column by column the sum of some devices' inputs: elements of a message from {@code from} on.
   */
  record Contribution(int from, int rows, int cols, BitSet devices) implements Content {
    @Override
    public Content part(final int r, final int c, final int h, final int w) {
      return h == 1 || c == 0 && w == cols
          ? new Contribution(from + r * cols + c, h, w, devices)
          : null;
    }

    @Override
    public Content viewed(final int h, final int w) {
      return (long) h * w == size() ? new Contribution(from, h, w, devices) : null;
    }

    @Override
    public Content joined(final Content next, final boolean below) {
      return next instanceof Contribution o
              && o.devices.equals(devices)
              && o.from == from + rows * cols
              && (below ? o.cols == cols : rows == 1 && o.rows == 1)
          ? new Contribution(from, below ? rows + o.rows : 1, below ? cols : cols + o.cols, devices)
          : null;
    }
  }

  /**
   * The result of a vector operation, element by element or row by row.
   *
   * @param argument what the operation's first number was
   * @param b null if there is none
   * @param c null if there is none
   */
  record Applied(VectorOp op, int argument, Content a, Content b, Content c, int rows, int cols)
      implements Content {
    @Override
    public Content part(final int r, final int col, final int h, final int w) {
      if (r == 0 && col == 0 && h == rows && w == cols) {
        return this;
      }
      if (op != VectorOp.ADD) {
        return null;
      }
      final Content left = a.part(r, col, h, w);
      final Content right = b.part(r, col, h, w);
      return left == null || right == null
          ? null
          : new Applied(op, argument, left, right, null, h, w);
    }

    @Override
    public Content viewed(final int h, final int w) {
      return h == rows && w == cols ? this : null;
    }
  }

  /** Largest element of each row so far: rows x 2. */
  record Largest(int row, int rows, Ranges seen) implements Content {
    @Override
    public int cols() {
      return 2;
    }

    @Override
    public Content part(final int r, final int c, final int h, final int w) {
      return c == 0 ? new Largest(row + r, h, seen) : null;
    }

    @Override
    public Content viewed(final int h, final int w) {
      return h == rows ? this : null;
    }
  }

  /**
   * Rows of experts weighted and summed.
   *
   * @param row first output row
   * @param choices which of each row's experts have been summed
   */
  record Combined(int row, int col, int rows, int cols, Ranges choices) implements Content {
    @Override
    public Content part(final int r, final int c, final int h, final int w) {
      return new Combined(row + r, col + c, h, w, choices);
    }

    @Override
    public Content viewed(final int h, final int w) {
      return h == rows && w == cols ? this : null;
    }
  }
}
