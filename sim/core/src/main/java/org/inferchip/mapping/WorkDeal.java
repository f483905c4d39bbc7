package org.inferchip.mapping;

/** Which stream does a piece of work of a matrix product, and as which of its items. */
interface WorkDeal {
  /** Streams. */
  int streams();

  /** Pieces of a stream. */
  int items(int stream);

  /** The piece that is an item of a stream. */
  int work(int stream, int item);

  /** The stream of a piece. */
  int stream(int work);

  /** Its number among the stream's items. */
  int item(int work);

  /** Dealt round: piece w on stream w mod S as its item w / S. */
  record Round(int pieces, int streams) implements WorkDeal {
    @Override
    public int items(final int stream) {
      return MatMulProgram.share(pieces, streams, stream);
    }

    @Override
    public int work(final int stream, final int item) {
      return stream + item * streams;
    }

    @Override
    public int stream(final int work) {
      return work % streams;
    }

    @Override
    public int item(final int work) {
      return work / streams;
    }
  }
}
