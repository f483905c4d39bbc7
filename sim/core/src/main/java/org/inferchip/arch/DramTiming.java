package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Organisation and timing of one independent part of a memory channel (a pseudo-channel of HBM, one
 * of a GDDR6 device's two channels, a sub-channel of DDR5), with the names of the JEDEC standards.
 *
 * @param parts independent parts of one channel of {@link ExternalMemory#channels}
 * @param burst bytes that one column command moves
 * @param bankGroups groups of banks
 * @param banks banks of a group
 * @param page bytes that an activated row holds
 * @param tRcd activate to column command
 * @param tRp precharge to activate
 * @param tRas activate to precharge
 * @param tRrd activate to activate of another bank
 * @param tFaw window that holds at most four activates
 * @param tCcdL column command to column command of the same bank group; of different groups it is
 *     the time of a burst
 * @param tRtp read command to precharge
 * @param tWr end of write data to precharge
 * @param tWtr end of write data to read command
 * @param tRtw idle time of the data bus between a read and a write
 * @param tCl read command to its data
 * @param tRefi average time between refreshes of a bank
 * @param tRfc duration of a refresh
 * @param refresh what a refresh takes out of service
 */
public record DramTiming(
    @Range(min = 1) int parts,
    @Measure(Dimension.BYTES) @Range(min = 0, exclusive = true) double burst,
    @Range(min = 1) int bankGroups,
    @Range(min = 1) int banks,
    @Measure(Dimension.BYTES) @Range(min = 0, exclusive = true) double page,
    @Measure(Dimension.SECONDS) double tRcd,
    @Measure(Dimension.SECONDS) double tRp,
    @Measure(Dimension.SECONDS) double tRas,
    @Measure(Dimension.SECONDS) double tRrd,
    @Measure(Dimension.SECONDS) double tFaw,
    @Measure(Dimension.SECONDS) double tCcdL,
    @Measure(Dimension.SECONDS) double tRtp,
    @Measure(Dimension.SECONDS) double tWr,
    @Measure(Dimension.SECONDS) double tWtr,
    @Measure(Dimension.SECONDS) double tRtw,
    @Measure(Dimension.SECONDS) double tCl,
    @Measure(Dimension.SECONDS) @Range(min = 0, exclusive = true) double tRefi,
    @Measure(Dimension.SECONDS) double tRfc,
    Refresh refresh) {
  /** Checks what only several values together can break. */
  public DramTiming {
    if (page < burst) {
      throw new IllegalArgumentException("a page holds at least one burst");
    }
    if (tRfc >= tRefi) {
      throw new IllegalArgumentException("a refresh ends before the next one is due");
    }
  }

  /** What a refresh takes out of service. */
  public enum Refresh {
    /** All banks at once. */
    ALL_BANKS,
    /** One bank, while the others serve. */
    ONE_BANK
  }

  /** Activate to activate of the same bank: t_RC = t_RAS + t_RP, seconds. */
  public double rowCycle() {
    return tRas + tRp;
  }

  /** Banks of all groups. */
  public int allBanks() {
    return bankGroups * banks;
  }
}
