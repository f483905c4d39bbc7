package org.inferchip.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.program.Placement;
import org.inferchip.program.TileProgram;

/**
 * Which streams of a program that sends stand for others: one device for all, where program and
 * links are the same seen from every one ({@link TileProgram#turns}), and of the lanes of a device
 * that do the same ({@link TileProgram#laneKind}) {@value #LANES} for all, spread over them. Their
 * bytes count for all lanes that they stand for, on links and memories alike; ports of cores are
 * each lane's own. Known error of fewer lanes: up to 3 % of an exchange's time, since what many
 * lanes send comes in fewer and larger parts. Reductions are not for that: their two directions
 * overlap because many lanes drift apart, and are up to 30 % slower with so few.
 */
final class SendingFold {
  /** Lanes of a device that are simulated, more where they are of more kinds. */
  private static final int LANES = 16;

  private final TileProgram program;
  private final Survey survey;
  private final List<List<Integer>> streams = new ArrayList<>();
  private final boolean turns;
  private final int[][] members;

  SendingFold(final TileProgram program, final Chip chip, final Survey survey) {
    this.program = program;
    this.survey = survey;
    final Placement placement = program.placement();
    for (int device = 0; device < placement.devices(); device++) {
      streams.add(new ArrayList<>());
    }
    for (int stream = 0; stream < program.streams(); stream++) {
      streams.get(placement.device(stream)).add(stream);
    }
    turns = program.turns() && Links.turn(chip, placement.devices()) && devicesAreAlike();
    final boolean folds = Dies.of(chip) == null && chip.network().isEmpty() && lanesAreAlike();
    members = folds ? members(runs()) : turns ? members(alone()) : each();
  }

  /** By simulated stream, itself first, the streams of the program that it stands for. */
  int[][] members() {
    return members;
  }

  /** Devices for which a simulated one stands. */
  int devices() {
    return turns ? streams.size() : 1;
  }

  /** Whether the k-th streams of all devices have the same bytes to move. */
  private boolean devicesAreAlike() {
    final List<Integer> first = streams.get(0);
    boolean alike = true;
    for (final List<Integer> own : streams) {
      alike &= own.size() == first.size();
      for (int k = 0; alike && k < own.size(); k++) {
        alike =
            survey.memoryBytes(own.get(k)) == survey.memoryBytes(first.get(k))
                && survey.sharedBytes(own.get(k)) == survey.sharedBytes(first.get(k));
      }
    }
    return alike;
  }

  /** Whether the k-th streams of all devices are lanes of one kind, each on a core of its own. */
  private boolean lanesAreAlike() {
    final List<Integer> first = streams.get(0);
    boolean alike = true;
    for (final List<Integer> own : streams) {
      alike &= own.size() == first.size();
      for (int k = 0; alike && k < own.size(); k++) {
        final long kind = program.laneKind(own.get(k));
        alike = kind != TileProgram.UNKNOWN && kind == program.laneKind(first.get(k));
      }
      alike &= own.stream().map(program.placement()::core).distinct().count() == own.size();
    }
    return alike;
  }

  /** Runs of lanes of one kind, as numbers within their device, each for its first to stand for. */
  private List<List<Integer>> runs() {
    final Map<Long, List<Integer>> kinds = new LinkedHashMap<>();
    for (int lane = 0; lane < streams.get(0).size(); lane++) {
      final long kind = program.laneKind(streams.get(0).get(lane));
      kinds.computeIfAbsent(kind, unknown -> new ArrayList<>()).add(lane);
    }
    final int each = (LANES + kinds.size() - 1) / kinds.size();
    final List<List<Integer>> runs = new ArrayList<>();
    for (final List<Integer> lanes : kinds.values()) {
      final int kept = Math.min(each, lanes.size());
      for (int i = 0; i < kept; i++) {
        runs.add(lanes.subList(i * lanes.size() / kept, (i + 1) * lanes.size() / kept));
      }
    }
    runs.sort((a, b) -> a.get(0) - b.get(0));
    return runs;
  }

  private int[][] each() {
    final int[][] each = new int[program.streams()][];
    Arrays.setAll(each, stream -> new int[] {stream});
    return each;
  }

  private List<List<Integer>> alone() {
    final List<List<Integer>> runs = new ArrayList<>();
    for (int lane = 0; lane < streams.get(0).size(); lane++) {
      runs.add(List.of(lane));
    }
    return runs;
  }

  /**
   * The last device for all where they turn: sums in the order of devices begin there with what
   * comes last, so that no device is later.
   */
  private int[][] members(final List<List<Integer>> runs) {
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
