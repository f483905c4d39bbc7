package org.inferchip.arch;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.inferchip.numerics.Format;

/**
 * What the parts of a chip add up to.
 *
 * @param peak operations a second by format: cores x arrays x multiply-accumulates x 2 x clock
 * @param vectorRate fp32 vector operations a second
 * @param portRead bytes a second into all cores
 * @param localBytes local memory of all cores
 * @param accumulatorBytes accumulators of all cores
 * @param onChipBytes the two and the shared level
 * @param memoryBytes external memory
 * @param memoryPower watts of external memory at its stated bandwidth
 * @param dieArea of all dies, mm2
 */
public record ChipTotals(
    Map<Format, Double> peak,
    double vectorRate,
    double portRead,
    double localBytes,
    double accumulatorBytes,
    double onChipBytes,
    double memoryBytes,
    double memoryPower,
    double dieArea) {

  /** The totals of a chip. */
  public static ChipTotals of(final Chip chip) {
    final Map<Format, Double> peak = new EnumMap<>(Format.class);
    double vector = 0;
    double ports = 0;
    double local = 0;
    double accumulators = 0;
    for (final CoreGroup cores : chip.cores()) {
      final double clocked = chip.clock() * cores.count();
      cores
          .matrix()
          .macsPerCycle()
          .forEach(
              (format, macs) ->
                  peak.merge(format, 2.0 * clocked * cores.matrix().arrays() * macs, Double::sum));
      vector += clocked * cores.vector().lanes();
      ports += clocked * cores.port().read();
      local += cores.count() * cores.local().capacity();
      accumulators += cores.count() * cores.local().accumulatorCapacity();
    }
    final double shared = chip.shared().map(SharedMemory::capacity).orElse(0.0);
    final double memoryRate = chip.memory().map(ExternalMemory::bandwidth).orElse(0.0);
    return new ChipTotals(
        Collections.unmodifiableMap(peak),
        vector,
        ports,
        local,
        accumulators,
        local + accumulators + shared,
        chip.memory().map(ExternalMemory::capacity).orElse(0.0),
        memoryRate
            * 8
            * (chip.energy().memory()
                + chip.energy().devices().map(one -> one.joules(1, 0)).orElse(0.0)),
        Die.areaOf(chip.dies()));
  }
}
