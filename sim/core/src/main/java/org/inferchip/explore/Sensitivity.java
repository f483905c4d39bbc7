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

  /**
   * The elasticities of a run from those of the steps that stand for it: means by their shares of
   * the step time for latency and dollars, of the joules for energy. To first order these are the
   * run's own, of the time with a request, at the same schedule.
   *
   * @param of the elasticities of each step, of the same parameters
   * @param steps each step
   * @param shares of the step time
   */
  public static List<Elasticity> ofRun(
      final List<List<Elasticity>> of, final List<StepAccount> steps, final List<Double> shares) {
    final double[] joules = new double[steps.size()];
    double allJoules = 0;
    for (int i = 0; i < joules.length; i++) {
      joules[i] = shares.get(i) * steps.get(i).watts().system();
      allJoules += joules[i];
    }
    final List<Elasticity> all = new ArrayList<>();
    for (final Elasticity first : of.get(0)) {
      double latency = 0;
      double perJoule = 0;
      double perDollar = 0;
      for (int i = 0; i < joules.length; i++) {
        final Elasticity one =
            of.get(i).stream()
                .filter(e -> e.parameter().equals(first.parameter()))
                .findFirst()
                .orElseThrow();
        latency += shares.get(i) * one.latency();
        perJoule += joules[i] / allJoules * one.tokensPerJoule();
        perDollar += shares.get(i) * one.tokensPerUsd();
      }
      all.add(
          new Elasticity(
              first.parameter(),
              first.value(),
              first.factor(),
              first.rate(),
              latency,
              perJoule,
              perDollar));
    }
    all.sort(Comparator.comparingDouble(Elasticity::gain).reversed());
    return all;
  }

  private static double log(final double after, final double before, final double factor) {
    return after == before ? 0 : StrictMath.log(after / before) / StrictMath.log(factor);
  }
}
