package org.inferchip.serving;

import java.util.ArrayList;
import java.util.List;

/**
 * Every n-th step of a run, with n a power of two so that at most {@link #MOST} are kept: when
 * full, every second one goes and n doubles. Which steps are kept depends on nothing but their
 * number.
 */
final class StepSamples {
  static final int MOST = 4096;

  private List<StepSample> kept = new ArrayList<>();
  private long stride = 1;

  /** Whether the step of this number is to be kept. */
  boolean wants(final long step) {
    return step % stride == 0;
  }

  /** Adds a step for which {@link #wants} was true. */
  void add(final StepSample sample) {
    kept.add(sample);
    if (kept.size() == MOST) {
      final List<StepSample> half = new ArrayList<>(MOST);
      for (int i = 0; i < MOST; i += 2) {
        half.add(kept.get(i));
      }
      kept = half;
      stride *= 2;
    }
  }

  List<StepSample> list() {
    return List.copyOf(kept);
  }
}
