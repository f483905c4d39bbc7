package org.inferchip.engine.dram;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.inferchip.arch.DramTiming;

/**
 * One independent part of a DRAM channel under a stream of accesses. A controller holds {@value
 * #QUEUE} of them; a bank without a pending hit on its open row is given the row of its oldest
 * access, as soon as t_RC, t_RRD, t_FAW and refresh allow; of the accesses whose row is open, the
 * one whose data can start first is served (the oldest of equals), and the direction of the bus
 * changes only when nothing is left in it or {@value #RUN} accesses have gone in it.
 *
 * <p>Known error: commands never wait for the command bus, and refreshes are neither postponed nor
 * pulled in.
 */
final class DramChannel {
  /** Accesses that a controller chooses from. */
  private static final int QUEUE = 128;

  /** Accesses in one direction before the other one gets its turn. */
  private static final int RUN = 64;

  private static final int FOUR = 4;
  private static final long NEVER = Long.MIN_VALUE / 4;

  private final DramTiming timing;
  private final Picos picos;
  private final Bank[] banks;
  private final long[] groupData;
  private final boolean[] busy;
  private final long[] activates = new long[FOUR];
  private int nextActivate;

  private final int[] queuedBank = new int[QUEUE];
  private final long[] queuedRow = new long[QUEUE];
  private final boolean[] queuedWrite = new boolean[QUEUE];
  private final long[] queuedSince = new long[QUEUE];
  private int queued;

  private long now;
  private long busFree;
  private boolean writing;
  private int run;
  private long rowsOpened;

  /**
   * A channel at rest.
   *
   * @param burstSeconds time that the data of a burst takes on the bus
   */
  DramChannel(final DramTiming timing, final double burstSeconds) {
    this.timing = timing;
    picos = Picos.of(timing, burstSeconds);
    banks = new Bank[timing.allBanks()];
    for (int i = 0; i < banks.length; i++) {
      banks[i] = new Bank();
      // One bank after the other, or all at once.
      banks[i].refresh =
          timing.refresh() == DramTiming.Refresh.ONE_BANK
              ? picos.refreshEvery() * (i + 1) / banks.length
              : picos.refreshEvery();
    }
    busy = new boolean[banks.length];
    groupData = new long[timing.bankGroups()];
    Arrays.fill(groupData, NEVER);
    Arrays.fill(activates, NEVER);
  }

  /**
   * Serves accesses, at most {@value #QUEUE} at a time.
   *
   * @param bursts of the accesses, counted in the order of addresses
   * @param writes whether an access writes
   * @return picoseconds until the last data
   */
  long serve(final long[] bursts, final IntPredicate writes) {
    int taken = 0;
    for (int served = 0; served < bursts.length; served++) {
      while (queued < QUEUE && taken < bursts.length) {
        enqueue(bursts[taken], writes.test(taken));
        taken++;
      }
      refresh();
      issue(next());
    }
    return busFree;
  }

  /** Rows opened so far. */
  long rowsOpened() {
    return rowsOpened;
  }

  private void enqueue(final long burst, final boolean write) {
    final int columns = (int) (timing.page() / timing.burst());
    final int group = (int) (burst % timing.bankGroups());
    final long page = burst / timing.bankGroups() / columns;
    queuedBank[queued] = (int) (page % timing.banks()) * timing.bankGroups() + group;
    queuedRow[queued] = page / timing.banks();
    queuedWrite[queued] = write;
    queuedSince[queued] = now;
    queued++;
  }

  private void refresh() {
    for (final Bank bank : banks) {
      while (bank.refresh <= now) {
        final long closed = bank.row == Bank.NONE ? bank.activate : bank.precharge + picos.rp();
        bank.activate = Math.max(bank.refresh, closed) + picos.rfc();
        bank.row = Bank.NONE;
        bank.refresh += picos.refreshEvery();
      }
    }
  }

  /** The place in the queue of the access to serve, once all rows are open that can be before. */
  private int next() {
    while (true) {
      final int best = servable();
      final long until = best < 0 ? Long.MAX_VALUE : start(best) - picos.cl();
      final int row = openable(until);
      if (row < 0) {
        return best;
      }
      open(row);
    }
  }

  /**
   * The access whose row can be opened first: the oldest of a bank of which no access finds its row
   * open; -1 if none can before that time.
   */
  private int openable(final long until) {
    Arrays.fill(busy, false);
    for (int i = 0; i < queued; i++) {
      busy[queuedBank[i]] |= banks[queuedBank[i]].row == queuedRow[i];
    }
    int first = -1;
    long soonest = until;
    for (int i = 0; i < queued; i++) {
      if (!busy[queuedBank[i]]) {
        busy[queuedBank[i]] = true;
        final long at = activate(i);
        if (at < soonest) {
          soonest = at;
          first = i;
        }
      }
    }
    return first;
  }

  /** When the row of a queued access can be opened. */
  private long activate(final int i) {
    final Bank bank = banks[queuedBank[i]];
    final long closed = bank.row == Bank.NONE ? bank.activate : bank.precharge + picos.rp();
    final long last = activates[(nextActivate + FOUR - 1) % FOUR];
    final long others = Math.max(last + picos.rrd(), activates[nextActivate] + picos.faw());
    return Math.max(Math.max(queuedSince[i], closed), others);
  }

  private void open(final int i) {
    final long at = activate(i);
    activates[nextActivate] = at;
    nextActivate = (nextActivate + 1) % FOUR;
    final Bank bank = banks[queuedBank[i]];
    bank.row = queuedRow[i];
    bank.column = at + picos.rcd();
    bank.precharge = at + picos.ras();
    rowsOpened++;
  }

  /** The place in the queue of the best access whose row is open; -1 if none is. */
  private int servable() {
    final boolean turn = run >= RUN;
    int best = -1;
    long bestStart = Long.MAX_VALUE;
    boolean bestWanted = false;
    for (int i = 0; i < queued; i++) {
      if (banks[queuedBank[i]].row != queuedRow[i]) {
        continue;
      }
      final boolean wanted = queuedWrite[i] == writing != turn;
      final long start = start(i);
      if (best < 0 || wanted && !bestWanted || wanted == bestWanted && start < bestStart) {
        best = i;
        bestStart = start;
        bestWanted = wanted;
      }
    }
    return best;
  }

  /** When the data of a queued access can start. */
  private long start(final int i) {
    final Bank bank = banks[queuedBank[i]];
    long bus = busFree;
    if (queuedWrite[i] != writing) {
      bus += writing ? picos.wtr() + picos.cl() : picos.rtw();
    }
    final long group = groupData[queuedBank[i] % timing.bankGroups()] + picos.ccdL();
    final long command = Math.max(bank.column, queuedSince[i]);
    return Math.max(Math.max(bus, group), command + picos.cl());
  }

  private void issue(final int i) {
    final long start = start(i);
    final Bank bank = banks[queuedBank[i]];
    final boolean write = queuedWrite[i];
    run = write == writing ? run + 1 : 1;
    writing = write;
    busFree = start + picos.burst();
    now = start - picos.cl();
    groupData[queuedBank[i] % timing.bankGroups()] = start;
    final long closable = write ? busFree + picos.wr() : now + picos.rtp();
    bank.precharge = Math.max(bank.precharge, closable);
    queued--;
    System.arraycopy(queuedBank, i + 1, queuedBank, i, queued - i);
    System.arraycopy(queuedRow, i + 1, queuedRow, i, queued - i);
    System.arraycopy(queuedWrite, i + 1, queuedWrite, i, queued - i);
    System.arraycopy(queuedSince, i + 1, queuedSince, i, queued - i);
  }
}
