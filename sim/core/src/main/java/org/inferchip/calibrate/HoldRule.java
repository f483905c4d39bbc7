package org.inferchip.calibrate;

import java.util.Optional;
import org.inferchip.model.Model;
import org.inferchip.serving.Hold;
import org.inferchip.simulation.Plan;
import org.inferchip.units.Range;

/**
 * A {@link Hold} with which engines were started in some load tests.
 *
 * @param model whose tests; absent: any
 * @param prompt stated length of prompts; absent: any
 * @param output stated length of outputs; absent: any
 * @param mostChips of the engine; absent: any number
 * @param leastUsers of the test; absent: any number
 * @param steps for which requests wait
 * @param share of the token budget that ends the wait; absent: none
 * @param polled whether steps are counted from when requests were last looked for
 * @param further of a rule for ranks of data-parallel attention: prompts wait until each rank has
 *     one, and for so many steps more; absent: a rule for engines without ranks
 */
record HoldRule(
    Optional<String> model,
    @Range(min = 1) Optional<Integer> prompt,
    @Range(min = 1) Optional<Integer> output,
    @Range(min = 1) Optional<Integer> mostChips,
    @Range(min = 1) Optional<Integer> leastUsers,
    @Range(min = 1) int steps,
    @Range(min = 0, max = 1) Optional<Double> share,
    boolean polled,
    @Range(min = 0) Optional<Integer> further) {

  boolean holds(final Model tested, final FixedLoad load, final Plan plan) {
    return further.isPresent() == plan.ranks().dataParallel() > 1
        && model.map(tested.name()::equals).orElse(true)
        && prompt.map(tokens -> tokens == load.promptTokens()).orElse(true)
        && output.map(tokens -> tokens == load.outputTokens()).orElse(true)
        && mostChips.map(most -> plan.chips() <= most).orElse(true)
        && leastUsers.map(least -> load.users() >= least).orElse(true);
  }

  Hold hold(final int ranks) {
    return new Hold(steps, share, polled, further.isPresent() ? ranks : 0, further.orElse(0));
  }
}
