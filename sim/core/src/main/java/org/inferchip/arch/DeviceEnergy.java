package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;

/**
 * What the devices of a chip's external memory draw from a supply of their own, so that it can be
 * held against a rail's meter. With it, {@link EnergyTable#memory} is the chip's side of the
 * interface alone.
 *
 * <p>Reads and writes differ: a device drives the bus when it is read, the chip when it is written.
 * On the memory rail of a Jetson AGX Orin reads took 37 and writes 16 pJ/B.
 *
 * @param idle standby and refresh, watts; a part of the chip's idle power
 * @param read of a bit, the array and the bus
 * @param write of a bit
 * @param activate opening of rows, spread over the bits that are moved; absent: in read and write
 */
public record DeviceEnergy(
    @Measure(Dimension.WATTS) double idle,
    @Measure(Dimension.JOULES_PER_BIT) double read,
    @Measure(Dimension.JOULES_PER_BIT) double write,
    @Measure(Dimension.JOULES_PER_BIT) Optional<Double> activate) {

  /** Joules of so many bits read and written. */
  public double joules(final double readBits, final double writeBits) {
    return readBits * read + writeBits * write + (readBits + writeBits) * activate.orElse(0.0);
  }
}
