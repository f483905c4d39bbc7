package org.inferchip.audit;

/** What tiles of attention hold, on their way from scores to weighted values. */
sealed interface AttentionContent extends Content {

  /**
   * Scores of queries against keys, unscaled and unmasked.
   *
   * @param queries the rows
   * @param key first key, counted in the sequence
   * @param cols keys
   * @param dims which of the head's elements have been summed
   */
  record Scores(Queries queries, int key, int cols, Ranges dims) implements AttentionContent {
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
      implements AttentionContent {
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
  sealed interface HeadTile extends AttentionContent {
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
}
