package org.inferchip.calibrate;

import java.util.Optional;
import org.inferchip.model.Model;
import org.inferchip.serving.ServingConfig;
import org.inferchip.units.Range;

/**
 * A {@link ServingConfig.Hold} with which engines were started in some load tests.
 *
 * @param model whose tests; absent: any
 * @param prompt stated length of prompts; absent: any
 * @param output stated length of outputs; absent: any
 * @param mostChips of the engine; absent: any number
 * @param leastUsers of the test; absent: any number
 * @param steps for which requests wait
 * @param share of the token budget that ends the wait; absent: none
 * @param polled whether steps are counted from when requests were last looked for
 */
record HoldRule(
    Optional<String> model,
    @Range(min = 1) Optional<Integer> prompt,
    @Range(min = 1) Optional<Integer> output,
    @Range(min = 1) Optional<Integer> mostChips,
    @Range(min = 1) Optional<Integer> leastUsers,
    @Range(min = 1) int steps,
    @Range(min = 0, max = 1) Optional<Double> share,
    boolean polled) {

  boolean holds(final Model tested, final FixedLoad load, final int chips) {
    return model.map(tested.name()::equals).orElse(true)
        && prompt.map(tokens -> tokens == load.promptTokens()).orElse(true)
        && output.map(tokens -> tokens == load.outputTokens()).orElse(true)
        && mostChips.map(most -> chips <= most).orElse(true)
        && leastUsers.map(least -> load.users() >= least).orElse(true);
  }

  ServingConfig.Hold hold() {
    return new ServingConfig.Hold(steps, share, polled);
  }
}
