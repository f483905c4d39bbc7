package org.inferchip.engine;

/** The external memories of one device and the ways to them, as pipes. */
interface Memories {
  /** Holds up all memories for their share of a time. */
  void hold(long now, long picos);

  /**
   * End of service of what a task moves.
   *
   * @param stream that is simulated
   * @param shape of the task
   * @param bytes of it, and of those of the streams that this one stands for
   * @param in whether they go to the core
   */
  long serve(int stream, Shape shape, long now, long bytes, boolean in);

  /** Bytes that the memories have served. */
  long served();

  /** Counts bytes as served. */
  void count(long bytes);
}
