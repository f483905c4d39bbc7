package org.inferchip.arch.area;

import org.inferchip.arch.AttentionUnit;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.numerics.Format;

/**
 * mm2 of the parts of one core, after LLMCompass (Zhang et al., ISCA 2024).
 *
 * <p>Cores under a hardware-managed cache are taken for ones with threads: schedulers (1,992,400
 * transistors for each fp32 lane: 996,200 for each of 128 threads a cycle over 64 lanes of GA100),
 * registers with four ports, a banked cache for local memory and 44.3 million transistors for the
 * way to the others. All other cores run one program from scratchpads; what they have beside units
 * and memories is not counted. A vector lane has an fp32 and an int32 unit (177,690 transistors);
 * fp64 units are in no description, analog arrays are not counted.
 */
final class CoreArea {
  private static final double CONTROL_PER_LANE = 2 * 996_200;
  private static final double COMMUNICATION = 44.3e6;
  private static final double INTEGER_LANE = 177_690;

  private final CoreGroup core;
  private final double node;
  private final boolean threads;

  CoreArea(final CoreGroup core, final double node, final boolean threads) {
    this.core = core;
    this.node = node;
    this.threads = threads;
  }

  double matrix() {
    if (core.matrix() instanceof MatrixUnit.Analog) {
      return 0;
    }
    return logic(core.matrix().arrays() * Multipliers.transistors(core.matrix().macsPerCycle()));
  }

  double vector() {
    final double lane = Multipliers.transistors(Format.FP32) + INTEGER_LANE;
    return logic(core.vector().lanes() * (lane + (threads ? CONTROL_PER_LANE : 0)));
  }

  double attention() {
    return core.attention().map(this::attention).orElse(0.0);
  }

  private double attention(final AttentionUnit unit) {
    return logic(
        unit.count()
            * (Multipliers.transistors(unit.scoreMacs())
                + Multipliers.transistors(unit.valueMacs())
                + unit.softmaxLanes() * Multipliers.transistors(Format.FP32)));
  }

  double memories() {
    final double accumulators = core.local().accumulatorCapacity();
    final double elements =
        core.matrix() instanceof final MatrixUnit.Mesh mesh
            ? (double) mesh.rows() * mesh.columns()
            : 1;
    final double local =
        elements * Memories.sram(core.local().capacity() / elements, node, threads);
    return local
        + (threads
            ? Memories.registers(accumulators, node)
            : elements * Memories.sram(accumulators / elements, node, false));
  }

  double communication() {
    return threads ? logic(COMMUNICATION) : 0;
  }

  private double logic(final double transistors) {
    return transistors * 1e-6 / Silicon.logicDensity(node);
  }
}
