package org.inferchip.explore;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.arch.yaml.SourceIndex;
import org.inferchip.cost.HourlyCost;
import org.inferchip.cost.Purchase;
import org.inferchip.cost.TokenCost;
import org.inferchip.energy.EnergyLaw;
import org.inferchip.energy.SystemPower;
import org.inferchip.serving.EnergyUse;
import org.inferchip.serving.RunResult;
import org.inferchip.simulation.OperatorTotal;
import org.inferchip.simulation.Plan;
import org.inferchip.verification.SampleReport;

/**
 * Everything known of one system serving one trace.
 *
 * @param name of the system
 * @param plan how the model lies on it
 * @param fleet how many instances served together
 * @param pools of equal instances
 * @param run what the requests saw, and power
 * @param operators what each operator did over the run
 * @param hostSeconds host time of all steps
 * @param interpolation how far interpolated steps were off
 * @param hourly dollars an hour
 * @param owned dollars a token of an owner
 * @param rented dollars a token of a tenant; null where nobody offers the chip
 * @param fallbacks what of the chip's fixed-function units could not be used, each in a sentence
 * @param verified what of the arithmetic was executed
 * @param estimateShare share of the numbers of the system's description that are estimates
 * @param sources documents that the numbers of the description rest on
 * @param inputs files read
 */
public record Evaluation(
    String name,
    Plan plan,
    FleetWishes fleet,
    List<Pooled> pools,
    RunResult run,
    List<OperatorTotal> operators,
    double hostSeconds,
    Interpolation interpolation,
    HourlyCost hourly,
    TokenCost owned,
    TokenCost rented,
    List<String> fallbacks,
    SampleReport verified,
    double estimateShare,
    List<SourceIndex.Cited> sources,
    List<InputFile> inputs) {

  /**
   * How far interpolated steps were off.
   *
   * @param stepsChecked steps simulated again without interpolation
   * @param meanError mean relative error of their device time
   * @param largestError largest
   */
  public record Interpolation(int stepsChecked, double meanError, double largestError) {}

  /** Packages of all instances. */
  public int packages() {
    return pools.stream().mapToInt(Pooled::packages).sum();
  }

  /** Watts with every chip of all instances at its limit. */
  public SystemPower atLimit() {
    return pools.stream().map(Pooled::atLimit).reduce(SystemPower::plus).orElseThrow();
  }

  /** Dollars to buy all instances. */
  public Purchase purchase() {
    return pools.stream().map(Pooled::purchase).reduce(Purchase::plus).orElseThrow();
  }

  /** What a reader must know before using the numbers. */
  public List<String> warnings() {
    final List<String> all = new ArrayList<>(run.warnings());
    all.addAll(fallbacks);
    return all;
  }

  /** Laws that the run broke, and findings of the executed arithmetic. */
  public List<String> violations() {
    final List<String> all = new ArrayList<>(run.violations());
    all.addAll(energyViolations());
    all.addAll(verified.violations());
    return all;
  }

  /** Joules by operator and by component, and watts times time, are the same. */
  private List<String> energyViolations() {
    final EnergyUse energy = run.energy();
    final List<String> broken = new ArrayList<>(energy.watts().violations());
    final double byOperator =
        energy.chips().idle() + operators.stream().mapToDouble(OperatorTotal::joules).sum();
    EnergyLaw.broken("joules of the run by operator", byOperator, energy.chips())
        .ifPresent(broken::add);
    final double seconds = run.rates().durationSeconds();
    if (seconds > 0) {
      EnergyLaw.broken("watts of the chips x time", energy.watts().chip() * seconds, energy.chips())
          .ifPresent(broken::add);
    }
    return broken;
  }

  /** Whether every check passed. */
  public boolean sound() {
    return violations().isEmpty();
  }
}
