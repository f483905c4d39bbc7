package org.inferchip.arch;

import java.util.Map;
import java.util.Optional;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Energy of each operation and of each bit moved, above the floors of {@link Power}.
 *
 * @param operation matrix operations by input format, J/op (a multiply-accumulate is two)
 * @param vectorOperation one fp32 vector operation
 * @param specialOperation one exponential, reciprocal or root
 * @param local local memory to a unit, J/bit
 * @param port shared level to a core (wire included), J/bit
 * @param shared access of the shared memory, J/bit
 * @param memory external memory, device and interface, J/bit; where the devices are described
 *     apart, the interface alone
 * @param link scale-up link, J/bit sent
 * @param host host link, J/bit
 * @param analog parts of analog arrays; with it, operations of the format {@code analog} are
 *     counted by these parts
 * @param attention share of the energy of a matrix operation that one of the attention unit takes,
 *     without instructions and register file; absent: all of it
 * @param devices what memory devices draw from a supply of their own; absent: they are in {@code
 *     memory} and in the chip's idle power
 * @param hop from router to router of a network on the die, J/bit; absent: in {@code port}
 * @param from what the numbers follow from that are not stated; absent: all are
 */
public record EnergyTable(
    @Measure(Dimension.JOULES_PER_OPERATION) Map<Format, Double> operation,
    @Measure(Dimension.JOULES_PER_OPERATION) double vectorOperation,
    @Measure(Dimension.JOULES_PER_OPERATION) double specialOperation,
    @Measure(Dimension.JOULES_PER_BIT) double local,
    @Measure(Dimension.JOULES_PER_BIT) double port,
    @Measure(Dimension.JOULES_PER_BIT) double shared,
    @Measure(Dimension.JOULES_PER_BIT) double memory,
    @Measure(Dimension.JOULES_PER_BIT) double link,
    @Measure(Dimension.JOULES_PER_BIT) double host,
    Optional<AnalogEnergy> analog,
    @Range(min = 0, max = 1) Optional<Double> attention,
    Optional<DeviceEnergy> devices,
    @Measure(Dimension.JOULES_PER_BIT) Optional<Double> hop,
    Optional<EnergySource> from) {

  /** Of a chip without analog arrays and attention units. */
  public EnergyTable(
      final Map<Format, Double> operation,
      final double vectorOperation,
      final double specialOperation,
      final double local,
      final double port,
      final double shared,
      final double memory,
      final double link,
      final double host) {
    this(
        operation,
        vectorOperation,
        specialOperation,
        local,
        port,
        shared,
        memory,
        link,
        host,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
