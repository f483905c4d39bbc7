package org.inferchip.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.program.Placement;

/**
 * Which streams are simulated, and for how many each stands.
 *
 * <p>Cores of one device with equal streams are a class; {@value #REPRESENTATIVES} of a class,
 * spread over it, stand for all. What a representative moves is charged to the pipes that its core
 * shares with others as often as there are cores it stands for; counters are exact anyway (see
 * {@link Survey}). Streams of one core stay together, since they contend for its units. Who waits
 * for a stream waits for the one that stands for it.
 *
 * <p>Folding is used above {@value #TASKS} tasks (above {@value #WAITING_TASKS} if streams wait for
 * each other: a short program is then dominated by who waits for whom), never for programs that
 * send, and only if it leaves out at least half of the cores.
 */
final class Folding {
  private static final int REPRESENTATIVES = 4;
  private static final long TASKS = 20_000;
  private static final long WAITING_TASKS = 100_000;

  private final int[] streams;
  private final int[] multiplicity;
  private final int[] representative;

  private Folding(final int[] streams, final int[] multiplicity, final int[] representative) {
    this.streams = streams;
    this.multiplicity = multiplicity;
    this.representative = representative;
  }

  /** Every stream for itself. */
  static Folding none(final int streams) {
    final int[] all = new int[streams];
    Arrays.setAll(all, stream -> stream);
    final int[] once = new int[streams];
    Arrays.fill(once, 1);
    return new Folding(all, once, all);
  }

  /** Representatives where that pays, otherwise every stream. */
  static Folding of(final Survey survey, final Placement placement, final int streams) {
    final long threshold = survey.waits() ? WAITING_TASKS : TASKS;
    if (survey.sends() || survey.tasks() <= threshold) {
      return none(streams);
    }
    final List<int[]> cores = cores(placement, streams);
    final Map<Long, List<int[]>> classes = new LinkedHashMap<>();
    for (final int[] core : cores) {
      classes.computeIfAbsent(hash(survey, placement, core), key -> new ArrayList<>()).add(core);
    }
    if (2 * REPRESENTATIVES * classes.size() > cores.size()) {
      return none(streams);
    }
    return of(classes.values(), streams);
  }

  /** Streams of each core that has any, in order of their first stream. */
  static List<int[]> cores(final Placement placement, final int streams) {
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

  private static long hash(final Survey survey, final Placement placement, final int[] core) {
    long hash = 31L * placement.device(core[0]) + placement.coreGroup(core[0]);
    for (final int stream : core) {
      hash = (hash * 31 + placement.array(stream)) * 0x9E3779B97F4A7C15L + survey.hash(stream);
    }
    return hash;
  }

  private static Folding of(final Iterable<List<int[]>> classes, final int streams) {
    final int[] multiplicityOf = new int[streams];
    final int[] standsFor = new int[streams];
    for (final List<int[]> cores : classes) {
      final int count = cores.size();
      final int kept = Math.min(REPRESENTATIVES, count);
      for (int i = 0; i < kept; i++) {
        final int first = i * count / kept;
        final int end = (i + 1) * count / kept;
        for (int core = first; core < end; core++) {
          for (int position = 0; position < cores.get(core).length; position++) {
            standsFor[cores.get(core)[position]] = cores.get(first)[position];
          }
        }
        for (final int stream : cores.get(first)) {
          multiplicityOf[stream] = end - first;
        }
      }
    }
    int size = 0;
    final int[] position = new int[streams];
    final int[] kept = new int[streams];
    for (int stream = 0; stream < streams; stream++) {
      if (multiplicityOf[stream] > 0) {
        position[stream] = size;
        kept[size++] = stream;
      }
    }
    final int[] multiplicity = new int[size];
    Arrays.setAll(multiplicity, i -> multiplicityOf[kept[i]]);
    final int[] representative = new int[streams];
    Arrays.setAll(representative, stream -> position[standsFor[stream]]);
    return new Folding(Arrays.copyOf(kept, size), multiplicity, representative);
  }

  /** Streams that are simulated. */
  int size() {
    return streams.length;
  }

  /** The program's stream at a place among the simulated. */
  int stream(final int simulated) {
    return streams[simulated];
  }

  /** For how many a simulated stream stands. */
  int multiplicity(final int simulated) {
    return multiplicity[simulated];
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
