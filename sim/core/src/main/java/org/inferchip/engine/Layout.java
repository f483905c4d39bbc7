package org.inferchip.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.program.Placement;
import org.inferchip.program.TileProgram;

/**
 * The hardware under the simulated streams: units (matrix arrays, vector units, and for each stream
 * its queues of loads, stores and sends) and pipes (ports of cores, shared and external memory of
 * devices). A chip's core without streams has none.
 */
final class Layout {
  /** Names of units by lane. */
  static final String[] NAMES = {
    "load", "store", "link", "matrix", "vector", "scores", "softmax", "values"
  };

  private static final int NONE = -1;

  /** Owner of the stages of attention units where there are none. */
  private static final long NOBODY = -1;

  // CHECKSTYLE.OFF: VisibilityModifier (read in the event loop)
  /** By lane (stream x lanes + lane). */
  final int[] unitOf;

  /** By stream. */
  final int[] portRead;

  final int[] portWrite;
  final int[] shared;
  final int[] memory;
  final int[] device;
  final int[] coreOf;
  final int[] multiplicity;
  final Share[] sharedShare;
  final Share[] memoryShare;

  /** Lanes of a device for which a stream that sends stands. */
  final int[] sending;

  /** By unit. */
  int[] laneKind;

  int[] unitMultiplicity;
  int[] unitLanes;
  final int[] coreMultiplicity;
  final int units;
  final int cores;
  final Pipes pipes = new Pipes();
  final Placement placement;
  final Links links;

  /** By device; null where all cores are as near to all memory. */
  final Memories[] memories;

  // CHECKSTYLE.ON: VisibilityModifier

  private final Map<Long, Integer> unitNumbers = new HashMap<>();
  private int unitCount;

  Layout(final Chip chip, final TileProgram program, final Folding folding, final Survey survey) {
    placement = program.placement();
    final int streams = folding.size();
    final int devices = placement.devices();
    final Dies dies = Dies.of(chip);
    final Noc noc = chip.network().isPresent() ? new Noc(chip) : null;
    final int[] die = new int[streams];
    memories = dies == null && noc == null ? null : new Memories[devices];
    unitOf = new int[streams * Shape.LANES];
    portRead = new int[streams];
    portWrite = new int[streams];
    shared = new int[streams];
    memory = new int[streams];
    device = new int[streams];
    coreOf = new int[streams];
    multiplicity = new int[streams];
    sending = new int[streams];
    sharedShare = new Share[streams];
    memoryShare = new Share[streams];
    laneKind = new int[unitOf.length];
    unitMultiplicity = new int[unitOf.length];
    unitLanes = new int[unitOf.length];
    final int[] sharedPipe = new int[devices];
    final int[] memoryPipe = new int[devices];
    Arrays.fill(sharedPipe, NONE);
    Arrays.fill(memoryPipe, NONE);
    final Map<Long, Integer> coreNumbers = new HashMap<>();
    final int[][] ports = new int[streams][];
    final int[] times = new int[streams];
    for (int s = 0; s < streams; s++) {
      final int stream = folding.stream(s);
      final int group = placement.coreGroup(stream);
      final Rates rates = Rates.of(chip, chip.cores().get(group), program.memoryShare());
      device[s] = placement.device(stream);
      multiplicity[s] = folding.multiplicity(s);
      sending[s] = folding.lanes(s);
      sharedShare[s] = folding.share(s, survey::sharedBytes);
      memoryShare[s] = folding.share(s, survey::memoryBytes);
      if (sharedPipe[device[s]] == NONE && rates.shared() > 0) {
        sharedPipe[device[s]] = pipes.add(rates.shared());
      }
      if (memoryPipe[device[s]] == NONE && rates.memory() > 0 && memories == null) {
        memoryPipe[device[s]] = pipes.add(rates.memory());
      }
      if (dies != null) {
        die[s] = dies.of(placement, stream);
        if (memories[device[s]] == null) {
          memories[device[s]] = dies.new Package(chip, rates.memory(), pipes, die);
        }
      } else if (noc != null && memories[device[s]] == null) {
        memories[device[s]] =
            noc.memories(device[s], placement, folding, survey::memoryBytes, rates.memory(), pipes);
      }
      shared[s] = sharedPipe[device[s]];
      memory[s] = memoryPipe[device[s]];
      final long coreKey = key(device[s], group, placement.core(stream));
      final int core = coreNumbers.computeIfAbsent(coreKey, k -> coreNumbers.size());
      if (ports[core] == null) {
        ports[core] = new int[] {pipes.add(rates.portRead()), pipes.add(rates.portWrite())};
        times[core] = multiplicity[s];
      }
      coreOf[s] = core;
      portRead[s] = ports[core][0];
      portWrite[s] = ports[core][1];
      units(s, core, placement.array(stream), chip.cores().get(group).attention().isPresent());
    }
    units = unitCount;
    cores = coreNumbers.size();
    coreMultiplicity = Arrays.copyOf(times, cores);
    links = new Links(chip, devices, pipes, folding.devices() > 1);
  }

  /** Bytes that the external memories have served. */
  long memoryBytesServed() {
    if (memories != null) {
      return Arrays.stream(memories)
          .filter(java.util.Objects::nonNull)
          .mapToLong(Memories::served)
          .sum();
    }
    return Arrays.stream(memory).distinct().filter(p -> p != NONE).mapToLong(pipes::served).sum();
  }

  private static long key(final long device, final long group, final long core) {
    return device << 44 | group << 32 | core;
  }

  private void units(final int s, final int core, final int array, final boolean hasAttention) {
    for (int lane = 0; lane < Shape.LANES; lane++) {
      final long instance =
          switch (lane) {
            case Shape.MATRIX -> (long) core << 24 | array;
            case Shape.VECTOR -> core;
            case Shape.SCORES, Shape.SOFTMAX, Shape.VALUES ->
                hasAttention ? (long) core << 24 | array : NOBODY;
            default -> s;
          };
      final Integer known = unitNumbers.get(instance * Shape.LANES + lane);
      final int unit = known == null ? unitCount++ : known;
      unitNumbers.put(instance * Shape.LANES + lane, unit);
      unitOf[s * Shape.LANES + lane] = unit;
      laneKind[unit] = lane;
      unitMultiplicity[unit] = multiplicity[s];
      unitLanes[unit]++;
    }
  }
}
