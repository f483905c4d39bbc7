package org.inferchip.engine;

/** Laws that every run is held to. */
final class Laws {
  private Laws() {}

  /** Not faster than physics, not slower than everything one after the other. */
  static void bounds(final long makespan, final Bounds bounds) {
    if (makespan < bounds.lower()) {
      throw new LawViolation(
          "done in " + makespan + " ps, but " + bounds.limiter() + " needs " + bounds.lower());
    }
    if (makespan > bounds.upper()) {
      throw new LawViolation(
          "done in " + makespan + " ps, but all in turn take only " + bounds.upper());
    }
  }

  /** The memory pipes served what the program charges. */
  static void memoryBytes(final long served, final long charged) {
    if (served != charged) {
      throw new LawViolation(
          "external memory served " + served + " bytes of " + charged + " that were charged");
    }
  }
}
