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
sealed interface Content {

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
   * Scores of queries against keys, unscaled and unmasked.
   *
   * @param queries the rows
   * @param key first key, counted in the sequence
   * @param cols keys
   * @param dims which of the head's elements have been summed
   */
  record Scores(Queries queries, int key, int cols, Ranges dims) implements Content {
    @Override
    public int rows() {
      return queries.count();
    }

    @Override
    public Content part(final int r, final int c, final int h, final int w) {
      final Queries part = queries.part(r, h);
      return part == null ? null : new Scores(part, key + c, w, dims);
    }

    @Override
    public Content viewed(final int h, final int w) {
      return h == rows() && w == cols ? this : null;
    }
  }

  /**
   * Probabilities of a step of the online softmax, and in one more column the rescale factors.
   *
   * @param keys keys, from {@code key} on
   * @param softmax which online softmax
   * @param version how many of its steps were done, this one included
   */
  record Probabilities(Queries queries, int key, int keys, long softmax, int version)
      implements Content {
    @Override
    public int rows() {
      return queries.count();
    }

    @Override
    public int cols() {
      return keys + 1;
    }

    @Override
    public Content part(final int r, final int c, final int h, final int w) {
      final Queries part = queries.part(r, h);
      return part == null || c != 0 || w != cols()
          ? null
          : new Probabilities(part, key, keys, softmax, version);
    }

    @Override
    public Content viewed(final int h, final int w) {
      return h == rows() && w == cols() ? this : null;
    }
  }

  /**
   * A tile with a row for each token and head of some queries, or with the heads of a token side by
   * side.
   */
  sealed interface HeadTile extends Content {
    Queries queries();

    /** Columns of one head. */
    int width();

    /** The like for other queries, and for columns from one on. */
    HeadTile like(Queries queries, int col, int width, int view);

    @Override
    default int rows() {
      return (int) ((long) queries().count() * width() / cols());
    }

    @Override
    default Content part(final int r, final int c, final int h, final int w) {
      if (cols() == width()) {
        final Queries part = queries().part(r, h);
        return part == null ? null : like(part, c, w, w);
      }
      final int heads = queries().heads();
      final Queries tokens = queries().part(r * heads, h * heads);
      if (tokens == null || c % width() != 0 || w % width() != 0) {
        return null;
      }
      return like(tokens.someHeads(c / width(), w / width()), 0, width(), w);
    }

    @Override
    default Content viewed(final int h, final int w) {
      final boolean fits = (long) h * w == (long) queries().count() * width();
      return fits && (w == width() || w == width() * queries().heads())
          ? like(queries(), 0, width(), w)
          : null;
    }

    @Override
    default Content joined(final Content next, final boolean below) {
      if (!(next instanceof HeadTile o) || o.cols() != cols() || o.width() != width()) {
        return null;
      }
      final boolean alike = o.like(queries(), 0, width(), cols()).equals(this);
      final Queries both = alike && below ? queries().joined(o.queries()) : null;
      return both == null ? null : like(both, 0, width(), cols());
    }
  }

  /** Running maximum and sum of an online softmax: two columns a head. */
  record Statistics(Queries queries, Ranges keys, long softmax, int version, int cols)
      implements HeadTile {
    @Override
    public int width() {
      return 2;
    }

    @Override
    public HeadTile like(final Queries q, final int col, final int w, final int view) {
      return w == 2 ? new Statistics(q, keys, softmax, version, view) : null;
    }
  }

  /**
   * Values weighted by probabilities.
   *
   * @param queries the rows
   * @param col first column within the head's values
   * @param width columns of one head
   * @param keys keys summed over
   * @param softmax which online softmax weighted them
   * @param version relative to the running maximum after how many of its steps
   * @param normalised whether divided by the sum of the probabilities
   * @param cols columns of the view: {@code width}, or the heads' side by side
   */
  record Weighted(
      Queries queries,
      int col,
      int width,
      Ranges keys,
      long softmax,
      int version,
      boolean normalised,
      int cols)
      implements HeadTile {
    @Override
    public HeadTile like(final Queries q, final int c, final int w, final int view) {
      return new Weighted(q, col + c, w, keys, softmax, version, normalised, view);
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
