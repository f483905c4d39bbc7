package org.inferchip.arch;

import java.util.List;
import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Picoseconds;
import org.inferchip.units.Range;

/**
 * How a library does one kind of element-wise work:
 *
 * <pre>
 *   time = max(pace, launch + max(t + again (t - t0), w (start + row bytes / rate),
 *          t0 + bytes / (cores flow), reduction))
 *   time = max(pace, launch + sum of parts)        where there are parts
 *   time = few.launch + rows few.each              where there are no more rows than few.rows
 *   again = passes - 1 + miss spill.passes
 *   w    = rows / (blocks at a time x cores), whole below eight, else half a round more
 *   miss = clip((rows in flight / shared capacity - 0.6) / 0.9, 0, 1)
 * </pre>
 *
 * One pass is the tile program, time t: every operand moved once, at the rates of the chip; t0 is
 * the latency of the first load, which further passes hide. A library that runs several kernels, or
 * reads rows again, or issues many more instructions than the work needs, takes several; no fewer
 * than one. A kernel that gives each row to one block of threads moves a row no faster than the
 * bytes that the block has in flight over the latency of memory allow; a core has few blocks at a
 * time. Rows in flight are those that all cores work on at a time: a kernel that reads them again
 * finds them in the shared cache as long as they fit. The two numbers of that ramp are fitted to
 * layer norms on A100 (assumption elsewhere).
 *
 * <p>A kernel whose threads keep a row in their registers takes rows in rounds: see {@link
 * HeldRows}.
 *
 * <p>Known error: the energy of further passes is not counted.
 *
 * @param launch time from the end of what was before to the start, all kernels together
 * @param passes of the tile program
 * @param pace no call takes less; absent: the stack's
 * @param blocks how rows are dealt to blocks of threads; absent: any number of cores may share a
 *     row
 * @param spill what is read again where rows do not stay in the shared cache; absent: nothing
 * @param few a kernel for few rows, which takes them one after the other (PyTorch looks up 16
 *     indices or fewer so); absent: none
 * @param flow bytes that a core reads and writes a second, few as its threads have in flight;
 *     absent: what its port carries
 * @param reduction how rows are reduced where threads share them; absent: as the tile program does
 * @param parts kernels that are started one after the other instead of one; absent: one
 * @param held how rows are held in registers; absent: any rows overlap
 * @param choices more choices of a row, or of more, than the own kernel makes (top-k alone);
 *     absent: it makes any
 */
public record RowKernel(
    @Measure(Dimension.SECONDS) double launch,
    @Range(min = 1) double passes,
    @Measure(Dimension.SECONDS) Optional<Double> pace,
    Optional<Blocks> blocks,
    Optional<Spill> spill,
    Optional<Few> few,
    @Measure(Dimension.BYTES_PER_SECOND) Optional<Double> flow,
    Optional<RowReduction> reduction,
    Optional<List<RowPart>> parts,
    Optional<HeldRows> held,
    Optional<Choices> choices) {
  private static final double FITS = 0.6;
  private static final double RAMP = 0.9;
  private static final double MANY = 8;

  /** Checks that parts read what is there. */
  public RowKernel {
    final int count = parts.map(List::size).orElse(0);
    for (int i = 0; i < count; i++) {
      if (parts.get().get(i).of().orElse(0) > i) {
        throw new IllegalArgumentException("a part is of one that does not come before it");
      }
    }
  }

  /** The same for shares of rows, each of which has a block of threads. */
  public RowKernel ofShares() {
    return new RowKernel(
        launch, passes, pace, blocks, spill, few, flow, Optional.empty(), parts, held, choices);
  }

  /** A kernel that starts after a time, otherwise as another, or of one pass. */
  static RowKernel launched(final double seconds, final Optional<RowKernel> other) {
    return new RowKernel(
        seconds,
        other.map(RowKernel::passes).orElse(1.0),
        other.flatMap(RowKernel::pace),
        other.flatMap(RowKernel::blocks),
        other.flatMap(RowKernel::spill),
        other.flatMap(RowKernel::few),
        other.flatMap(RowKernel::flow),
        other.flatMap(RowKernel::reduction),
        other.flatMap(RowKernel::parts),
        other.flatMap(RowKernel::held),
        other.flatMap(RowKernel::choices));
  }

  /**
   * Several general kernels where a row has more choices, or of more, than a library's own kernel
   * makes.
   *
   * @param most that its own makes
   * @param of what it chooses from at most
   * @param beyond time that the general ones take beyond it
   */
  public record Choices(
      @Range(min = 1) int most,
      @Range(min = 1) int of,
      @Measure(Dimension.SECONDS) double beyond) {}

  /** Picoseconds that so many choices of a row take beyond as many as the own kernel makes. */
  public long choicesPicos(final int perRow, final int columns) {
    return Picoseconds.of(
        choices
            .filter(one -> perRow > one.most() || columns > one.of())
            .map(Choices::beyond)
            .orElse(0.0));
  }

  /**
   * One row, one block of threads.
   *
   * @param perCore blocks that a core has at a time, unless their threads say how many
   * @param rate bytes of a row (read and written) a second
   * @param start time of a block beyond its bytes: to start, to join its threads' sums; absent: 0
   * @param threads how many of them a block has; absent: not known
   */
  public record Blocks(
      @Range(min = 1) int perCore,
      @Measure(Dimension.BYTES_PER_SECOND) double rate,
      @Measure(Dimension.SECONDS) Optional<Double> start,
      Optional<Threads> threads) {
    private int atOnce(final int rows, final int cols) {
      return threads.map(one -> one.blocks(rows, cols)).orElse(perCore);
    }
  }

  /**
   * Threads of a block: one for each column, but no more than a library allows.
   *
   * @param most of a block
   * @param many rows from which on blocks are smaller, so that a core has more of them
   * @param mostOfMany of such a block
   * @param perCore threads that a core has at a time
   */
  public record Threads(
      @Range(min = 1) int most,
      @Range(min = 1) int many,
      @Range(min = 1) int mostOfMany,
      @Range(min = 1) int perCore) {
    private int blocks(final int rows, final int cols) {
      return Math.max(1, perCore / Math.min(cols, rows < many ? most : mostOfMany));
    }
  }

  /**
   * A kernel for few rows.
   *
   * @param rows that it takes at most
   * @param launch time without any
   * @param each time of a row
   */
  public record Few(
      @Range(min = 1) int rows,
      @Measure(Dimension.SECONDS) double launch,
      @Measure(Dimension.SECONDS) double each) {}

  /**
   * Reading rows again.
   *
   * @param rowsPerCore rows that one core has in work at a time
   * @param passes that it takes where none of them is found in the shared cache
   */
  public record Spill(@Range(min = 1) int rowsPerCore, @Range(min = 0) double passes) {}

  /**
   * Picoseconds beyond one pass.
   *
   * @param passPicos of one pass
   * @param rows of the work
   * @param cols of the work
   * @param readBytes of one row
   * @param writtenBytes of one row
   */
  public long beyondPicos(
      final long passPicos,
      final int rows,
      final int cols,
      final double readBytes,
      final double writtenBytes,
      final Chip chip) {
    if (few.isPresent() && rows <= few.get().rows()) {
      final double serial = few.get().launch() + rows * few.get().each();
      return Math.max(0, Math.round(serial * Picoseconds.PER_SECOND - passPicos));
    }
    final long cores = chip.coreCount();
    double further = passes - 1;
    if (spill.isPresent() && chip.shared().isPresent()) {
      final double inFlight = readBytes * spill.get().rowsPerCore() * cores;
      final double miss = (inFlight / chip.shared().get().capacity() - FITS) / RAMP;
      further += Math.min(1, Math.max(0, miss)) * spill.get().passes();
    }
    double picos = passPicos + further * Math.max(0, passPicos - latencyPicos(chip));
    if (blocks.isPresent()) {
      final Blocks one = blocks.get();
      final double rounds = (double) rows / (one.atOnce(rows, cols) * cores);
      final double whole = rounds < MANY ? Math.ceil(rounds) : rounds + 0.5;
      final double round = one.start().orElse(0.0) + (readBytes + writtenBytes) / one.rate();
      picos = Math.max(picos, whole * round * Picoseconds.PER_SECOND);
    }
    if (flow.isPresent()) {
      final double moved = rows * (readBytes + writtenBytes) / (cores * flow.get());
      picos = Math.max(picos, latencyPicos(chip) + moved * Picoseconds.PER_SECOND);
    }
    if (reduction.isPresent()) {
      final double least = reduction.get().seconds(rows, cols, readBytes, cores);
      picos = Math.max(picos, least * Picoseconds.PER_SECOND);
    }
    if (held.isPresent()) {
      final double rounds = held.get().seconds(rows, cols, readBytes, writtenBytes, chip);
      picos = Math.max(picos, rounds * Picoseconds.PER_SECOND);
    }
    return Math.round(launch * Picoseconds.PER_SECOND + picos - passPicos);
  }

  /** Latency of a core's first load from the memory that holds weights. */
  public static long latencyPicos(final Chip chip) {
    final double shared = chip.shared().map(SharedMemory::latency).orElse(0.0);
    final double memory = chip.memory().map(ExternalMemory::latency).orElse(0.0);
    return Picoseconds.of(chip.cores().get(0).port().latency() + shared + memory);
  }
}
