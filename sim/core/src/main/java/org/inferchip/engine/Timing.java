package org.inferchip.engine;

import java.util.List;

/**
 * When a program was done and what its units did meanwhile.
 *
 * @param makespanPicos from start to the last completion
 * @param counters operations and bytes
 * @param residentShare share of the device's cores that had work, weighted by time, 0 to 1
 * @param units busy time and causes of idling of each kind of unit, summed over its instances (each
 *     instance: busy + causes = makespan)
 * @param events events handled
 * @param folded whether only representatives of equal streams were simulated
 */
public record Timing(
    long makespanPicos,
    Counters counters,
    double residentShare,
    List<UnitUse> units,
    long events,
    boolean folded) {

  /**
   * Use of all instances of one kind of unit.
   *
   * @param unit {@code matrix}, {@code vector}, {@code load}, {@code store}, {@code link}
   * @param instances how many
   * @param busyPicos summed over instances
   * @param dataPicos idle: waiting for data to arrive
   * @param slotPicos idle: waiting for a free slot
   * @param linkPicos idle: waiting for a link or pipe
   * @param dependencePicos idle: waiting for another stream's items
   * @param unitPicos idle: nothing issued because another unit of the stream holds it back
   * @param interferencePicos slowed by the core's own external transfers while it works
   * @param donePicos idle: its stream has no more work
   */
  public record UnitUse(
      String unit,
      int instances,
      long busyPicos,
      long dataPicos,
      long slotPicos,
      long linkPicos,
      long dependencePicos,
      long unitPicos,
      long interferencePicos,
      long donePicos) {

    /** Busy and idle together: instances x makespan. */
    public long total() {
      return busyPicos
          + dataPicos
          + slotPicos
          + linkPicos
          + dependencePicos
          + unitPicos
          + interferencePicos
          + donePicos;
    }
  }
}
