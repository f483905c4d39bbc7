package org.inferchip.serving;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Service-level objectives of a request, each the largest value that meets it, in picoseconds. TPOT
 * is undefined for a request of one token, which meets any objective for it.
 *
 * @param ttftPicos time to first token
 * @param tpotPicos time per output token after the first
 * @param e2ePicos end to end
 */
public record Slo(OptionalLong ttftPicos, OptionalLong tpotPicos, OptionalLong e2ePicos) {

  /** Met by every completed request. */
  public static final Slo NONE =
      new Slo(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /** Whether there is any objective. */
  public boolean isPresent() {
    return ttftPicos.isPresent() || tpotPicos.isPresent() || e2ePicos.isPresent();
  }

  boolean isMetBy(final long ttft, final Optional<Long> tpot, final long e2e) {
    return ttft <= ttftPicos.orElse(Long.MAX_VALUE)
        && tpot.orElse(0L) <= tpotPicos.orElse(Long.MAX_VALUE)
        && e2e <= e2ePicos.orElse(Long.MAX_VALUE);
  }
}
