package org.inferchip.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.inferchip.arch.Chip;
import org.inferchip.program.Placement;
import org.inferchip.program.TileProgram;

/**
 * Which streams of a program that sends stand for others: one device for all, where program and
 * links are the same seen from every one ({@link TileProgram#turns}), and of the lanes of a device
 * that do the same ({@link TileProgram#laneKind}) {@value #LANES} for all, spread over them. Their
 * bytes count for all lanes that they stand for, on links and memories alike; ports of cores are
 * each lane's own. Known error of one device: up to 1 % of the time; through a switch that adds,
 * all devices of long pieces drift apart, which takes up to a fifth longer than devices in step,
 * and longer than measured. Known error of fewer lanes: up to 3 % of an exchange's time, since what
 * many lanes send comes in fewer and larger parts. Reductions are not for that: their two
 * directions overlap because many lanes drift apart, and are up to 30 % slower with so few.
 */
final class SendingFold {
  /** Lanes of a device that are simulated, more where they are of more kinds. */
  private static final int LANES = 16;

  private final TileProgram program;
  private final List<List<Integer>> streams = new ArrayList<>();
  private final boolean turns;
  private final boolean sharesLanes;

  SendingFold(final TileProgram program, final Chip chip, final Survey survey) {
    this.program = program;
    final Placement placement = program.placement();
    for (int device = 0; device < placement.devices(); device++) {
      streams.add(new ArrayList<>());
    }
    for (int stream = 0; stream < program.streams(); stream++) {
      streams.get(placement.device(stream)).add(stream);
    }
    turns =
        program.turns()
            && Links.turn(chip, placement.devices())
            && alike((a, b) -> sameBytes(survey, a, b));
    sharesLanes = Dies.of(chip) == null && chip.network().isEmpty() && lanesAreAlike();
  }

  /** Whether any stream stands for others. */
  boolean folds() {
    return turns || sharesLanes;
  }

  /** Devices for which a simulated one stands. */
  int devices() {
    return turns ? streams.size() : 1;
  }

  /** Whether the k-th streams of all devices are alike. */
  private boolean alike(final BiPredicate<Integer, Integer> test) {
    final List<Integer> first = streams.get(0);
    boolean alike = true;
    for (final List<Integer> own : streams) {
      alike &= own.size() == first.size();
      for (int k = 0; alike && k < own.size(); k++) {
        alike = test.test(own.get(k), first.get(k));
      }
    }
    return alike;
  }

  private static boolean sameBytes(final Survey survey, final int stream, final int other) {
    return survey.memoryBytes(stream) == survey.memoryBytes(other)
        && survey.sharedBytes(stream) == survey.sharedBytes(other);
  }

  /** Whether the k-th streams of all devices are lanes of one kind, each on a core of its own. */
  private boolean lanesAreAlike() {
    return alike((a, b) -> kind(a) != TileProgram.UNKNOWN && kind(a) == kind(b))
        && streams.stream()
            .allMatch(
                own ->
                    own.stream().map(program.placement()::core).distinct().count() == own.size());
  }

  private long kind(final int stream) {
    return program.laneKind(stream);
  }

  /** Runs of lanes, as numbers within their device, each for its first to stand for. */
  private List<List<Integer>> runs() {
    final Map<Long, List<Integer>> groups = new LinkedHashMap<>();
    for (int lane = 0; lane < streams.get(0).size(); lane++) {
      // A lane that shares nothing is a group of its own.
      final long group = sharesLanes ? kind(streams.get(0).get(lane)) : lane;
      groups.computeIfAbsent(group, unknown -> new ArrayList<>()).add(lane);
    }
    final int each = (LANES + groups.size() - 1) / groups.size();
    final List<List<Integer>> runs = new ArrayList<>();
    groups.values().forEach(lanes -> runs.addAll(Folding.spread(lanes, each)));
    runs.sort(Comparator.comparing(run -> run.get(0)));
    return runs;
  }

  /**
   * By simulated stream, itself first, the streams of the program that it stands for. The last
   * device stands for all where they turn: sums in the order of devices begin there with what comes
   * last, so that no device is later.
   */
  int[][] members() {
    final List<List<Integer>> runs = runs();
    final List<int[]> all = new ArrayList<>();
    for (int device = 0; device < streams.size(); device += devices()) {
      for (final List<Integer> run : runs) {
        final int[] some = new int[devices() * run.size()];
        for (int i = 0; i < some.length; i++) {
          final int of = turns ? devices() - 1 - i / run.size() : device;
          some[i] = streams.get(of).get(run.get(i % run.size()));
        }
        all.add(some);
      }
    }
    return all.toArray(int[][]::new);
  }
}
