package org.inferchip.calibrate;

import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.Stack;
import org.inferchip.arch.StoredWeights;
import org.inferchip.engine.Detail;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.simulation.OperatorSimulator;

/**
 * What a measured device and its software are here.
 *
 * @param chip the chip
 * @param stack the software
 * @param operators simulates operators on them; shared by all rows of the target
 */
record Target(Chip chip, Stack stack, OperatorSimulator operators) {

  /** What a latency of an operator on it is a measurement of. */
  SetUp setUp(final String device, final String op, final String format, final String framework) {
    return new SetUp(chip.name(), stack.name(), device, op, format, framework, "latency");
  }

  /** The same with other links. */
  Target with(final ScaleUp links) {
    final Chip other = chip.with(links);
    return new Target(other, stack, new OperatorSimulator(other, stack, Detail.FOLDED, Map.of()));
  }

  /** What a number of a serving engine is a measurement of. */
  SetUp serving(
      final String device, final String format, final String framework, final String metric) {
    return new SetUp(chip.name(), stack.name(), device, SetUp.SERVING, format, framework, metric);
  }

  /**
   * What a set of parameters may be carried over within: chips with the same kind of matrix unit
   * and the same family of memory.
   */
  String deviceClass() {
    final String memory =
        chip.memory().map(one -> one.kind().replaceAll("[0-9].*", "")).orElse("on-chip memory");
    return chip.cores().get(0).matrix().getClass().getSimpleName() + " with " + memory;
  }

  /** Whether another target has cores that multiply as much in a cycle: one generation. */
  boolean sameRate(final Target other) {
    return other.wideRate() == wideRate();
  }

  /** Products of 16 bits in a cycle of one core. */
  private int wideRate() {
    final MatrixUnit unit = chip.cores().get(0).matrix();
    return unit.arrays() * unit.rate(Format.BF16);
  }

  /** Whether the chip's matrix unit has a format, or that to which the software converts it. */
  boolean has(final Format format) {
    return chip.cores().get(0).matrix().macsPerCycle().containsKey(inputs(format));
  }

  /** A product with weights of a format, as {@link MatMul#dense}, or widened to what multiplies. */
  MatMul product(final String name, final int m, final int n, final int k, final Format weights) {
    final Format inputs = inputs(weights);
    final MatMul one = MatMul.dense(name, m, n, k, inputs);
    return inputs == weights ? one : one.weighing(weights);
  }

  /** The format in which weights of a format are multiplied. */
  private Format inputs(final Format format) {
    return stack.stored(format).map(StoredWeights::inputs).orElse(format);
  }

  /** Whether the chip's links join so many devices. */
  boolean joins(final int devices) {
    return devices <= chip.reach();
  }

  /** Stated peak rate of a format; where none is stated, that of the unit at the nominal clock. */
  double peak(final Format weights) {
    final Format format = inputs(weights);
    final Double stated = chip.peak().get(format);
    if (stated != null) {
      return stated;
    }
    return chip.cores().stream()
        .mapToDouble(
            group ->
                2.0
                    * group.count()
                    * group.matrix().arrays()
                    * group.matrix().macsPerCycle().getOrDefault(format, 0)
                    * chip.clock())
        .sum();
  }

  /** Stated bandwidth of the memory that holds weights. */
  double bandwidth() {
    return chip.memory()
        .map(memory -> memory.bandwidth())
        .or(() -> chip.shared().map(shared -> shared.bandwidth()))
        .orElse(Double.POSITIVE_INFINITY);
  }
}
