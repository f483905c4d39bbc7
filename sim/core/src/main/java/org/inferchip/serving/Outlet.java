package org.inferchip.serving;

/** Where an instance that computes prompts for others says how far it is. */
interface Outlet {
  /** A prompt is in a step. */
  void scheduled(int request, long now);

  /** A prompt lost its cache; it will be computed again. */
  void lost(int request, long now);

  /** A request has its first token and needs more: it has left the instance but for its cache. */
  void computed(int request, long now);
}
