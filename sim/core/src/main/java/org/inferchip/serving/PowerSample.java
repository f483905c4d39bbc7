package org.inferchip.serving;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.units.Picoseconds;

/**
 * Watts of all chips of a replica over a stretch of a run. The stretches of a run lie side by side;
 * watts times time of all of them are the run's joules.
 *
 * @param fromPicos start of the stretch: a step that was kept, see {@link StepSample}
 * @param toPicos its end
 * @param watts mean over it, idle power included
 * @param metered mean over the last second before its end, as board meters of GPUs read
 *     (nvmlDeviceGetPowerUsage since Ampere); before the start of the run the chips were idle
 */
public record PowerSample(long fromPicos, long toPicos, double watts, double metered) {

  /**
   * Watts of a run.
   *
   * @param samples kept steps
   * @param start of the run
   * @param end of the run
   * @param joules of the whole run above idle power
   * @param idleWatts of all chips
   */
  static List<PowerSample> of(
      final List<StepSample> samples,
      final long start,
      final long end,
      final double joules,
      final double idleWatts) {
    final List<PowerSample> list = new ArrayList<>();
    long from = start;
    double spent = 0;
    for (int i = 0; i <= samples.size(); i++) {
      final boolean last = i == samples.size();
      final long to = last ? end : samples.get(i).picos();
      final double until = last ? joules : samples.get(i).joules();
      if (to > from) {
        final double watts = idleWatts + (until - spent) * Picoseconds.PER_SECOND / (to - from);
        list.add(new PowerSample(from, to, watts, 0));
        from = to;
        spent = until;
      }
    }
    return metered(list, idleWatts);
  }

  private static List<PowerSample> metered(final List<PowerSample> list, final double idleWatts) {
    final List<PowerSample> read = new ArrayList<>(list.size());
    int first = 0;
    for (int i = 0; i < list.size(); i++) {
      final PowerSample now = list.get(i);
      final double since = now.toPicos - Picoseconds.PER_SECOND;
      while (list.get(first).toPicos <= since) {
        first++;
      }
      double sum = idleWatts * Math.max(0, list.get(0).fromPicos - since);
      for (int j = first; j <= i; j++) {
        final PowerSample one = list.get(j);
        sum += one.watts * (one.toPicos - Math.max(since, one.fromPicos));
      }
      read.add(
          new PowerSample(now.fromPicos, now.toPicos, now.watts, sum / Picoseconds.PER_SECOND));
    }
    return read;
  }
}
