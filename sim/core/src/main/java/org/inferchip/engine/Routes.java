package org.inferchip.engine;

/** Ways between the nodes of a network, over pipes. */
interface Routes {
  /** The pipes from one node to another; empty on the same node. */
  int[] route(int from, int to);

  /** Latency from one node to another; {@link #route} must have been asked before. */
  long latencyPicos(int from, int to);
}
