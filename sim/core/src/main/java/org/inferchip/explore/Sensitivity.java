package org.inferchip.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import org.inferchip.arch.SystemDescription;
import org.inferchip.engine.Detail;
import org.inferchip.simulation.StepProfile;

/**
 * What a better part would buy: the step is simulated again with each parameter of chip and
 * software raised by a tenth, mappings kept. A chip built for the new number would be mapped anew
 * and gain a little more.
 */
public final class Sensitivity {
  private Sensitivity() {}

  /**
   * The elasticities of a step, those that shorten it most first.
   *
   * @param base the step as it is
   * @param reread the system with the value at a key path replaced
   */
  public static List<Elasticity> of(
      final StepProfile base,
      final Detail detail,
      final BiFunction<String, String, SystemDescription> reread) {
    final StepAccount before = StepAccount.of(base);
    final List<Elasticity> all = new ArrayList<>();
    for (final Parameter one : Parameter.of(base.plan().system(), base.plan().weights())) {
      final SystemDescription system = reread.apply(one.path(), one.text(one.raised()));
      final StepAccount after = StepAccount.of(base.on(system, detail));
      final double factor = one.raised() / one.value();
      all.add(
          new Elasticity(
              one.path(),
              one.shown(),
              factor,
              one.rate(),
              log(after.seconds(), before.seconds(), factor),
              log(after.tokensPerJoule(), before.tokensPerJoule(), factor),
              log(after.tokensPerDollar(), before.tokensPerDollar(), factor)));
    }
    all.sort(Comparator.comparingDouble(Elasticity::gain).reversed());
    return all;
  }

  private static double log(final double after, final double before, final double factor) {
    return after == before ? 0 : StrictMath.log(after / before) / StrictMath.log(factor);
  }
}
