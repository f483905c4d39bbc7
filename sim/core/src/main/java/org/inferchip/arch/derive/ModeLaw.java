package org.inferchip.arch.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.EnergyTable;
import org.inferchip.arch.Power;
import org.inferchip.arch.PowerMode;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;

/**
 * A chip in one of its modes. With c, f and v the mode's shares of the chip's cores, clock and
 * voltage:
 *
 * <pre>
 *   busy floor  x c f v^2           stated peaks, shared bandwidth (ports)  x c f
 *   energies of the cores and their memories  x v^2     limit  0.985 TDP
 * </pre>
 *
 * <p>Idle power stays, though a lower voltage leaks less; a mode states its own where it is known.
 */
public final class ModeLaw {
  private final Chip chip;
  private final PowerMode mode;
  private final Map<String, Value> values = new LinkedHashMap<>();

  /**
   * A number in a mode.
   *
   * @param number as a description spells it
   * @param key of the mode that states it; empty: it follows
   */
  public record Value(String number, Optional<String> key) {}

  private ModeLaw(final Chip chip, final PowerMode mode) {
    this.chip = chip;
    this.mode = mode;
  }

  /**
   * What a mode changes, by key path.
   *
   * @param chip as described
   * @param mode one of its modes
   */
  public static Map<String, Value> of(final Chip chip, final PowerMode mode) {
    return new ModeLaw(chip, mode).values();
  }

  private Map<String, Value> values() {
    stated("power.tdp", "tdp", Optional.of(mode.tdp()), Dimension.WATTS);
    stated("power.limit", "limit", mode.limit(), Dimension.WATTS);
    stated("power.idle", "idle", mode.idle(), Dimension.WATTS);
    stated("power.busy_floor", "busy_floor", mode.busyFloor(), Dimension.WATTS);
    stated("clock", "clock", mode.clock(), Dimension.HERTZ);
    stated(
        "memory.bandwidth", "memory_bandwidth", mode.memoryBandwidth(), Dimension.BYTES_PER_SECOND);
    if (mode.limit().isEmpty() && chip.power().limit().isPresent()) {
      follows("power.limit", mode.tdp(), Power.SUSTAINED_SHARE, Dimension.WATTS);
    }
    final double clock = mode.clock().orElse(chip.clock()) / chip.clock();
    final double cores = cores();
    if (mode.busyFloor().isEmpty()) {
      follows(
          "power.busy_floor", chip.power().busyFloor(), cores * clock * square(), Dimension.WATTS);
    }
    chip.shared()
        .ifPresent(
            shared ->
                follows(
                    "shared.bandwidth",
                    shared.bandwidth(),
                    cores * clock,
                    Dimension.BYTES_PER_SECOND));
    chip.peak()
        .forEach(
            (format, peak) ->
                follows(
                    "peak." + format.key(), peak, cores * clock, Dimension.OPERATIONS_PER_SECOND));
    energies(chip.energy());
    return values;
  }

  private void energies(final EnergyTable table) {
    table.operation().forEach((format, joules) -> operation("operation." + format.key(), joules));
    operation("vector_operation", table.vectorOperation());
    operation("special_operation", table.specialOperation());
    for (final Map.Entry<String, Double> one :
        Map.of("local", table.local(), "port", table.port(), "shared", table.shared()).entrySet()) {
      follows("energy." + one.getKey(), one.getValue(), square(), Dimension.JOULES_PER_BIT);
    }
    table.hop().ifPresent(hop -> follows("energy.hop", hop, square(), Dimension.JOULES_PER_BIT));
  }

  private void operation(final String key, final double joules) {
    follows("energy." + key, joules, square(), Dimension.JOULES_PER_OPERATION);
  }

  private double square() {
    return mode.voltage().map(share -> share * share).orElse(1.0);
  }

  /** Sets the mode's cores; their share of the chip's. */
  private double cores() {
    final List<Integer> used =
        mode.cores().orElse(chip.cores().stream().map(CoreGroup::count).toList());
    final List<Double> shares = new ArrayList<>();
    for (int i = 0; i < used.size(); i++) {
      final int all = chip.cores().get(i).count();
      shares.add(used.get(i) / (double) all);
      if (used.get(i) != all) {
        values.put(
            "cores[" + i + "].count",
            new Value(Integer.toString(used.get(i)), Optional.of("cores")));
      }
    }
    return shares.stream().mapToDouble(Double::doubleValue).average().orElse(1);
  }

  private void stated(
      final String path,
      final String key,
      final Optional<Double> number,
      final Dimension dimension) {
    number.ifPresent(
        value ->
            values.put(
                path, new Value(new Quantity(value, dimension).toString(), Optional.of(key))));
  }

  private void follows(
      final String path, final double value, final double factor, final Dimension dimension) {
    if (factor != 1) {
      values.put(
          path, new Value(new Quantity(value * factor, dimension).toString(), Optional.empty()));
    }
  }
}
