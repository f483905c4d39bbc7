package org.inferchip.energy;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.AnalogEnergy;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.DieLinks;
import org.inferchip.arch.EnergyTable;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.engine.AnalogWork;
import org.inferchip.engine.Counters;
import org.inferchip.numerics.Format;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * Joules of a piece of work on chips of one kind:
 *
 * <pre>
 *   E = idle t + busyFloor a t                     floors, a = share of cores with resident work
 *     + sum_f 2 (macs_f + (r - 1) fixed_f) e_f + vec e_vec + special e_special
 *     + drives e_drive + cells e_cell + conversions (e_conversion + e_digital)   analog arrays
 *     + 8 sum_level bytes_level e_level            local, port, shared, memory, link
 *     + 8 bytes hops e_hop                         networks on dies
 *     + 8 (read e_read + written e_write)          memory devices, where described apart
 * </pre>
 *
 * <p>fixed are those of an attention unit, r its share of a matrix operation's energy.
 *
 * <p>Floors plus marginal energies is the form that predicts board watts: a sum of operations and
 * bytes without floors misses by 34 to 56 % on GPUs (measured on H200, B200 and Jetson; NVML and
 * rail sensors). The busy floor is the least certain number of a chip: 7 to 50 % of TDP.
 *
 * <p>Known error: energy of an operation does not depend on the data, and leakage not on the
 * temperature (both inside the floors). Mid-load watts of a GPU are good to about 25 %.
 */
public final class EnergyModel {
  private static final double SECONDS_PER_PICO = 1e-12;
  private static final int BITS_PER_BYTE = 8;

  private final Chip chip;

  private EnergyModel(final Chip chip) {
    this.chip = chip;
  }

  /** The model of one kind of chip. */
  public static EnergyModel of(final Chip chip) {
    return new EnergyModel(chip);
  }

  /** Energy of work on one chip; see {@link #energy(Counters, long, double, int)}. */
  public EnergyBreakdown energy(
      final Counters counters, final long makespanPicos, final double residentShare) {
    return energy(counters, makespanPicos, residentShare, 1);
  }

  /**
   * Energy of work on equal chips that run side by side.
   *
   * @param counters operations and bytes of all chips together
   * @param makespanPicos time that each of them spends
   * @param residentShare share of a chip's cores that have work, weighted by time, 0 to 1
   * @param chips how many
   * @throws InvalidInputException if operations of a format were done that has no energy
   */
  public EnergyBreakdown energy(
      final Counters counters,
      final long makespanPicos,
      final double residentShare,
      final int chips) {
    final EnergyTable table = chip.energy();
    final double chipSeconds = makespanPicos * SECONDS_PER_PICO * chips;
    return new EnergyBreakdown(
        chip.power().idle() * chipSeconds,
        chip.power().busyFloor() * residentShare * chipSeconds,
        matrix(counters.macs())
            - (1 - table.attention().orElse(1.0)) * matrix(counters.fixedMacs())
            + analog(counters.analog()),
        counters.vectorOperations() * table.vectorOperation()
            + counters.specialOperations() * table.specialOperation(),
        bits(counters.localBytes()) * table.local(),
        bits(counters.portReadBytes() + counters.portWriteBytes()) * table.port(),
        bits(counters.sharedReadBytes() + counters.sharedWriteBytes()) * table.shared(),
        bits(counters.memoryBytes()) * table.memory(),
        bits(counters.linkBytes()) * table.link()
            + bits(counters.dieBytes()) * chip.dieLinks().map(DieLinks::energy).orElse(0.0),
        0,
        table
            .devices()
            .map(
                one ->
                    one.joules(bits(counters.memoryReadBytes()), bits(counters.memoryWriteBytes())))
            .orElse(0.0),
        bits(counters.hopBytes()) * table.hop().orElse(0.0));
  }

  /**
   * Joules that a meter on the supply of the memory devices sees; empty where they have none of
   * their own.
   *
   * @param energy of work on chips, whose idle part is shared as the description's idle powers are
   */
  public Optional<Double> deviceJoules(final EnergyBreakdown energy) {
    return chip.energy()
        .devices()
        .map(one -> energy.device() + energy.idle() * one.idle() / chip.power().idle());
  }

  /** Joules at rest: idle power of so many chips over a time. */
  public double idleJoules(final long picos, final int chips) {
    return chip.power().idle() * picos * SECONDS_PER_PICO * chips;
  }

  /**
   * The clock throttle that keeps work within the chip's power limit.
   *
   * @param energy of the work at nominal clock, all chips
   * @param makespanPicos of the work at nominal clock
   * @param chips that share the work evenly
   */
  public Throttle throttle(
      final EnergyBreakdown energy, final long makespanPicos, final int chips) {
    return throttle(energy, makespanPicos, chips, Double.POSITIVE_INFINITY);
  }

  /**
   * As {@link #throttle(EnergyBreakdown, long, int)}, for work that is repeated after a rest.
   *
   * @param stretchSeconds for so long
   */
  public Throttle throttle(
      final EnergyBreakdown energy,
      final long makespanPicos,
      final int chips,
      final double stretchSeconds) {
    return Throttle.solve(chip, energy, makespanPicos, chips, stretchSeconds);
  }

  private double matrix(final Map<Format, Long> macs) {
    double joules = 0;
    // By format in declaration order: the sum has the same bits on every run.
    for (final Format format : Format.values()) {
      final long count = macs.getOrDefault(format, 0L);
      final boolean byParts = format == Format.ANALOG && chip.energy().analog().isPresent();
      if (count > 0 && !byParts) {
        joules += 2.0 * count * operationJoules(format);
      }
    }
    return joules;
  }

  private double analog(final AnalogWork work) {
    if (work.equals(AnalogWork.NONE) || chip.energy().analog().isEmpty()) {
      return 0;
    }
    final AnalogEnergy parts = chip.energy().analog().get();
    return work.drives() * parts.drive()
        + work.cells() * parts.cell()
        + work.conversions()
            * (parts.digital() + parts.conversion().orElseGet(this::conversionJoules));
  }

  /** By the law, of the chip's first arrays. */
  private double conversionJoules() {
    for (final CoreGroup group : chip.cores()) {
      if (group.matrix() instanceof final MatrixUnit.Analog arrays) {
        return ConverterEnergy.joules(
            arrays.converters().outputBits(),
            1 / arrays.readout().conversion(),
            chip.process().node());
      }
    }
    return 0;
  }

  private double operationJoules(final Format format) {
    return Optional.ofNullable(chip.energy().operation().get(format.dense()))
        .map(joules -> joules * format.kept())
        .orElseThrow(
            () ->
                new InvalidInputException(
                    new Problem(
                        "chip " + chip.name(),
                        0,
                        0,
                        "energy.operation." + format.key(),
                        "an operation of this format has no energy",
                        "nothing",
                        "a quantity such as 0.65 pJ/op",
                        "")));
  }

  private static double bits(final long bytes) {
    return (double) bytes * BITS_PER_BYTE;
  }
}
