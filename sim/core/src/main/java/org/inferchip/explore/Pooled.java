package org.inferchip.explore;

import java.util.function.BinaryOperator;
import org.inferchip.cost.HourlyCost;
import org.inferchip.cost.Purchase;
import org.inferchip.energy.SystemPower;
import org.inferchip.simulation.Plan;

/**
 * Equal instances of a run, and what they cost.
 *
 * @param plan how the model lies on one of them
 * @param instances how many
 * @param hourly dollars an hour of all of them
 */
public record Pooled(Plan plan, int instances, HourlyCost hourly) {

  /** Packages of all instances. */
  public int packages() {
    return plan.packages() * instances;
  }

  /** Watts with every chip at its limit. */
  public SystemPower atLimit() {
    return all(SystemPower.atLimit(plan.system(), plan.chips()), SystemPower::plus);
  }

  /** Dollars to buy them. */
  public Purchase purchase() {
    return all(Purchase.of(plan.system(), plan.chips()), Purchase::plus);
  }

  private <T> T all(final T one, final BinaryOperator<T> plus) {
    T sum = one;
    for (int i = 1; i < instances; i++) {
      sum = plus.apply(sum, one);
    }
    return sum;
  }
}
