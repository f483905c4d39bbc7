package org.inferchip.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.inferchip.arch.Chip;
import org.inferchip.program.Placement;
import org.inferchip.program.TileProgram;

/**
 * Which streams are simulated, and for which others each stands.
 *
 * <p>Cores of one device with equal streams are a class; up to {@value #REPRESENTATIVES} of a
 * class, spread over it, stand for all. Streams of one core stay together, since they contend for
 * its units. The bytes that a representative moves through shared and external memory are scaled so
 * that those of all streams it stands for are charged ({@link Share}); counters are exact anyway
 * (see {@link Survey}). Who waits for a stream waits for the one that stands for it.
 *
 * <p>Where equal streams are too few (causal attention, sequences of many lengths), above {@value
 * #SIMILAR_TASKS} tasks cores whose streams do the same kinds of tasks and are within half a
 * percent of each other in work, or two where that leaves too many, are a class, and the one with
 * most work stands for all; not if streams wait for each other. Above {@value #LARGE_TASKS} tasks
 * kinds may differ: each stream then does so many that only their sum counts. A stream that fetches
 * nothing from a memory stands for none that does.
 *
 * <p>Folding is used above {@value #TASKS} tasks (above {@value #WAITING_TASKS} if streams wait for
 * each other: a short program is then dominated by who waits for whom; above {@value #DIE_TASKS}
 * where cores are on several dies, whose links make equal cores unequal: up to 2 % off), and only
 * if it leaves out at least half of the cores, of programs of up to {@value #SIMILAR_TASKS} tasks
 * all but one in {@value #BRIEF_SHARE} (their known error: 0.01 % of the time in the mean, 1.3 % at
 * most).
 *
 * <p>Of programs that send, one device may stand for all, and a few lanes for those of a device
 * ({@link SendingFold}). Known error: sends that come to a device at one time are served in another
 * order, and devices do not run ahead of each other, which takes up to 2 % of the time of short
 * programs: those of up to {@value #SENDING_TASKS} tasks are simulated whole.
 */
final class Folding {
  private static final int REPRESENTATIVES = 4;

  private static final long TASKS = 2_000;
  private static final long SIMILAR_TASKS = 20_000;

  /** Of so many cores of a brief program at most one is simulated. */
  private static final int BRIEF_SHARE = 8;

  private static final long SENDING_TASKS = 4_000;
  private static final long WAITING_TASKS = 100_000;
  private static final long DIE_TASKS = 400_000;
  private static final long LARGE_TASKS = 200_000;
  private static final double[] TOLERANCES = {0.005, 0.02};

  private final int[] streams;
  private final int[][] members;
  private final int[] representative;
  private final int devices;

  /**
   * A choice.
   *
   * @param members by simulated stream, itself first, the streams of the program that it stands for
   * @param devices for which a simulated one stands
   */
  private Folding(final int[][] members, final int streamCount, final int devices) {
    this.devices = devices;
    this.members = members;
    streams = new int[members.length];
    representative = new int[streamCount];
    for (int i = 0; i < members.length; i++) {
      streams[i] = members[i][0];
      for (final int member : members[i]) {
        representative[member] = i;
      }
    }
  }

  /** Every stream for itself. */
  static Folding none(final int streams) {
    final int[][] alone = new int[streams][];
    Arrays.setAll(alone, stream -> new int[] {stream});
    return new Folding(alone, streams, 1);
  }

  /** Representatives where that pays, otherwise every stream. */
  static Folding of(final TileProgram program, final Chip chip, final Survey survey) {
    final Placement placement = program.placement();
    final int streams = program.streams();
    if (survey.sends()) {
      return survey.tasks() > SENDING_TASKS ? sending(program, chip, survey) : none(streams);
    }
    final Dies dies = Dies.of(chip);
    final long threshold = dies != null ? DIE_TASKS : survey.waits() ? WAITING_TASKS : TASKS;
    if (survey.tasks() <= threshold) {
      return none(streams);
    }
    final List<int[]> cores = cores(placement, streams);
    final List<List<int[]>> equal = new ArrayList<>();
    for (final List<int[]> group : groups(cores, placement, dies, survey::hash)) {
      equal.addAll(spread(group, REPRESENTATIVES));
    }
    final boolean brief = survey.tasks() <= SIMILAR_TASKS;
    if ((brief ? BRIEF_SHARE : 2) * equal.size() <= cores.size()) {
      return of(equal, streams);
    }
    if (!survey.waits() && !brief) {
      final IntToLongFunction kinds =
          survey.tasks() > LARGE_TASKS
              ? stream -> levels(survey, stream)
              : stream -> 4 * survey.kinds(stream) + levels(survey, stream);
      for (final double tolerance : TOLERANCES) {
        final List<List<int[]>> similar = new ArrayList<>();
        for (final List<int[]> group : groups(cores, placement, dies, kinds)) {
          similar.addAll(bands(group, survey, tolerance));
        }
        if (2 * similar.size() <= cores.size()) {
          return of(similar, streams);
        }
      }
    }
    return none(streams);
  }

  private static Folding sending(final TileProgram program, final Chip chip, final Survey survey) {
    final SendingFold fold = new SendingFold(program, chip, survey);
    return fold.folds()
        ? new Folding(fold.members(), program.streams(), fold.devices())
        : none(program.streams());
  }

  /**
   * Which memories a stream reads: what reads none cannot stand for what reads some, since its
   * bytes are scaled.
   */
  private static long levels(final Survey survey, final int stream) {
    return (survey.memoryBytes(stream) > 0 ? 2 : 0) + (survey.sharedBytes(stream) > 0 ? 1 : 0);
  }

  /** Streams of each core that has any, in order of their first stream. */
  private static List<int[]> cores(final Placement placement, final int streams) {
    final Map<List<Integer>, List<Integer>> cores = new LinkedHashMap<>();
    for (int stream = 0; stream < streams; stream++) {
      cores
          .computeIfAbsent(
              List.of(
                  placement.device(stream), placement.coreGroup(stream), placement.core(stream)),
              key -> new ArrayList<>())
          .add(stream);
    }
    return cores.values().stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** Cores of one device, die and kind whose streams, one by one, have equal keys. */
  private static Collection<List<int[]>> groups(
      final List<int[]> cores,
      final Placement placement,
      final Dies dies,
      final IntToLongFunction keyOf) {
    final Map<List<Long>, List<int[]>> groups = new LinkedHashMap<>();
    for (final int[] core : cores) {
      final List<Long> key = new ArrayList<>();
      key.add((long) placement.device(core[0]));
      key.add((long) placement.coreGroup(core[0]));
      key.add(dies == null ? 0L : dies.of(placement, core[0]));
      for (final int stream : core) {
        key.add((long) placement.array(stream));
        key.add(keyOf.applyAsLong(stream));
      }
      groups.computeIfAbsent(key, unknown -> new ArrayList<>()).add(core);
    }
    return groups.values();
  }

  /** Cuts a list into so many runs of nearly the same length, or fewer where it is shorter. */
  static <T> List<List<T>> spread(final List<T> all, final int most) {
    final int kept = Math.min(most, all.size());
    final List<List<T>> runs = new ArrayList<>();
    for (int i = 0; i < kept; i++) {
      runs.add(all.subList(i * all.size() / kept, (i + 1) * all.size() / kept));
    }
    return runs;
  }

  /** Cuts similar cores into runs of nearly equal work, most work first. */
  private static List<List<int[]>> bands(
      final List<int[]> cores, final Survey survey, final double tolerance) {
    final List<int[]> sorted = new ArrayList<>(cores);
    sorted.sort(Comparator.comparingDouble(core -> -work(core, survey)));
    final List<List<int[]>> runs = new ArrayList<>();
    double most = 0;
    for (final int[] core : sorted) {
      final double work = work(core, survey);
      if (runs.isEmpty() || work < most * (1 - tolerance)) {
        runs.add(new ArrayList<>());
        most = work;
      }
      runs.get(runs.size() - 1).add(core);
    }
    return runs;
  }

  private static double work(final int[] core, final Survey survey) {
    return Arrays.stream(core).mapToDouble(survey::workPicos).sum();
  }

  private static Folding of(final List<List<int[]>> runs, final int streams) {
    final List<int[]> members = new ArrayList<>();
    for (final List<int[]> run : runs) {
      for (int position = 0; position < run.get(0).length; position++) {
        final int place = position;
        members.add(run.stream().mapToInt(core -> core[place]).toArray());
      }
    }
    members.sort(Comparator.comparingInt(list -> list[0]));
    return new Folding(members.toArray(int[][]::new), streams, 1);
  }

  /** Streams that are simulated. */
  int size() {
    return streams.length;
  }

  /** The program's stream at a place among the simulated. */
  int stream(final int simulated) {
    return streams[simulated];
  }

  /** For how many streams a simulated one stands, itself included. */
  int multiplicity(final int simulated) {
    return members[simulated].length;
  }

  /** The streams for which a simulated one stands, itself first. */
  int[] members(final int simulated) {
    return members[simulated];
  }

  /** The scale of a simulated stream's bytes, of a kind. */
  Share share(final int simulated, final IntToLongFunction bytesOf) {
    long all = 0;
    for (final int member : members[simulated]) {
      all += bytesOf.applyAsLong(member);
    }
    // Every device has memories of its own.
    return new Share(all / devices, bytesOf.applyAsLong(streams[simulated]));
  }

  /** For how many lanes of its device a simulated stream stands, itself included. */
  int lanes(final int simulated) {
    return members[simulated].length / devices;
  }

  /** Devices for which a simulated one stands. */
  int devices() {
    return devices;
  }

  /** The place of the simulated stream that stands for a stream of the program. */
  int representative(final int stream) {
    return representative[stream];
  }

  /** Whether any stream is left out. */
  boolean folded() {
    return streams.length < representative.length;
  }
}
