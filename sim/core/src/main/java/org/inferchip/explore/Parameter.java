package org.inferchip.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;

/**
 * A number of a description that a step may depend on.
 *
 * @param path of keys, as overrides take it
 * @param value now, in the base unit
 * @param dimension of it; empty for a count, which is a whole number
 * @param rate whether more of it is better
 */
record Parameter(String path, double value, Optional<Dimension> dimension, boolean rate) {
  private static final double MORE = 1.1;

  /** The parameters that a system has, silicon first. Zeros are left out. */
  static List<Parameter> of(final SystemDescription system, final Format weights) {
    final Chip chip = system.chip();
    final List<Parameter> all = new ArrayList<>();
    all.add(rate("clock", chip.clock(), Dimension.HERTZ));
    chip.memory()
        .ifPresent(
            memory -> {
              all.add(rate("memory.bandwidth", memory.bandwidth(), Dimension.BYTES_PER_SECOND));
              all.add(time("memory.latency", memory.latency()));
            });
    chip.shared()
        .ifPresent(
            shared -> {
              all.add(rate("shared.bandwidth", shared.bandwidth(), Dimension.BYTES_PER_SECOND));
              all.add(rate("shared.capacity", shared.capacity(), Dimension.BYTES));
              all.add(time("shared.latency", shared.latency()));
            });
    for (int i = 0; i < chip.cores().size(); i++) {
      cores(all, "cores[" + i + "].", chip.cores().get(i), weights);
    }
    chip.scaleUp()
        .ifPresent(
            links -> {
              all.add(rate("scale_up.bandwidth", links.bandwidth(), Dimension.BYTES_PER_SECOND));
              all.add(time("scale_up.latency", links.latency()));
            });
    software(all, system.stack());
    all.removeIf(parameter -> parameter.value() == 0);
    return all;
  }

  private static void cores(
      final List<Parameter> all, final String at, final CoreGroup group, final Format weights) {
    all.add(count(at + "count", group.count()));
    // A systolic array's rate is its rows times its columns: another rate would be another array.
    // An analog array's rate follows from its times.
    final Integer macs = group.matrix().macsPerCycle().get(weights);
    final boolean follows =
        group.matrix() instanceof MatrixUnit.Systolic
            || group.matrix() instanceof MatrixUnit.Analog;
    if (group.matrix() instanceof final MatrixUnit.Analog analog) {
      all.add(time(at + "matrix.readout.read", analog.readout().read()));
      all.add(time(at + "matrix.readout.conversion", analog.readout().conversion()));
    }
    if (macs != null && !follows) {
      all.add(count(at + "matrix.macs_per_cycle." + weights.key(), macs));
    }
    all.add(count(at + "vector.lanes", group.vector().lanes()));
    all.add(rate(at + "local.capacity", group.local().capacity(), Dimension.BYTES));
    all.add(rate(at + "port.read", group.port().read(), Dimension.BYTES_PER_CYCLE));
    all.add(time(at + "port.latency", group.port().latency()));
  }

  private static void software(final List<Parameter> all, final Stack stack) {
    final Stack.Launch launch = stack.launch();
    all.add(time("launch.matmul", launch.matmul()));
    all.add(time("launch.attention", launch.attention()));
    all.add(time("launch.elementwise", launch.elementwise()));
    all.add(time("launch.collective", launch.collective()));
    all.add(time("step.fixed", stack.step().fixed()));
    all.add(time("step.per_request", stack.step().perRequest()));
    all.add(time("step.per_token", stack.step().perToken()));
  }

  private static Parameter count(final String path, final int value) {
    return new Parameter(path, value, Optional.empty(), true);
  }

  private static Parameter rate(final String path, final double value, final Dimension dimension) {
    return new Parameter(path, value, Optional.of(dimension), true);
  }

  private static Parameter time(final String path, final double seconds) {
    return new Parameter(path, seconds, Optional.of(Dimension.SECONDS), false);
  }

  /** A tenth more; a count grows by one at least. */
  double raised() {
    return dimension.isEmpty() ? Math.max(value + 1, Math.rint(value * MORE)) : value * MORE;
  }

  /** A value as YAML text that reads back as the same number. */
  String text(final double of) {
    return dimension.map(d -> of + " " + d.baseUnit()).orElse(Long.toString((long) of));
  }

  /** The value now, for people. */
  String shown() {
    return dimension.map(d -> new Quantity(value, d).rounded(6)).orElse(text(value));
  }
}
