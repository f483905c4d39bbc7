package org.inferchip.serving;

import org.inferchip.arch.Stack;

/** The schedulers. */
public enum Policy {
  /** Continuous batching with chunked prefill and preemption by recompute (vLLM V1). */
  VLLM,
  /**
   * As {@link #VLLM}, but prompts are computed in steps of their own, before any decoding (SGLang
   * unless it is told to mix chunks).
   */
  PROMPTS_FIRST,
  /** A batch is formed when nothing runs, and runs until its last request ends. */
  STATIC,
  /** Seats in time slots, with a proven worst case: {@link SlottedScheduler}. */
  SLOTTED;

  /** This, or what the stack has in its place. */
  public Policy of(final Stack.Scheduler scheduler) {
    if (this == VLLM && scheduler.slotted().orElse(false)) {
      return SLOTTED;
    }
    return this == VLLM && !scheduler.mixed().orElse(true) ? PROMPTS_FIRST : this;
  }
}
