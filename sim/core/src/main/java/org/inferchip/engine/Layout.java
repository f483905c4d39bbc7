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
    final Rates[] rates =
        chip.cores().stream()
            .map(core -> Rates.of(chip, core, program.memoryShare()))
            .toArray(Rates[]::new);
    final Levels levels = new Levels(chip, folding, survey);
    final Map<Long, Integer> coreNumbers = new HashMap<>();
    final int[] times = new int[streams];
    final int[][] ports = new int[streams][];
    for (int s = 0; s < streams; s++) {
      final int stream = folding.stream(s);
      final int group = placement.coreGroup(stream);
      stands(s, folding, survey);
      levels.add(s, stream, rates[group]);
      final long coreKey = key(device[s], group, placement.core(stream));
      final int core = coreNumbers.computeIfAbsent(coreKey, k -> coreNumbers.size());
      if (ports[core] == null) {
        ports[core] = ports(rates[group]);
        times[core] = multiplicity[s];
      }
      coreOf[s] = core;
      portRead[s] = ports[core][0];
      portWrite[s] = ports[core][1];
      units(s, core, placement.array(stream), chip.cores().get(group).attention().isPresent());
    }
    memories = levels.memories;
    units = unitCount;
    cores = coreNumbers.size();
    coreMultiplicity = Arrays.copyOf(times, cores);
    links = new Links(chip, placement.devices(), pipes, folding.devices() > 1);
  }

  private int[] ports(final Rates rates) {
    return new int[] {pipes.add(rates.portRead()), pipes.add(rates.portWrite())};
  }

  /** What a simulated stream stands for. */
  private void stands(final int s, final Folding folding, final Survey survey) {
    device[s] = placement.device(folding.stream(s));
    multiplicity[s] = folding.multiplicity(s);
    sending[s] = folding.lanes(s);
    sharedShare[s] = folding.share(s, survey::sharedBytes);
    memoryShare[s] = folding.share(s, survey::memoryBytes);
  }

  /** The shared and external memories of devices, added as their first streams come. */
  private final class Levels {
    private final Chip chip;
    private final Folding folding;
    private final Survey survey;
    private final Dies dies;
    private final Noc noc;
    private final int[] die;
    private final int[] sharedPipe;
    private final int[] memoryPipe;
    private final Memories[] memories;

    Levels(final Chip chip, final Folding folding, final Survey survey) {
      this.chip = chip;
      this.folding = folding;
      this.survey = survey;
      dies = Dies.of(chip);
      noc = chip.network().isPresent() ? new Noc(chip) : null;
      die = new int[folding.size()];
      final int devices = placement.devices();
      sharedPipe = new int[devices];
      memoryPipe = new int[devices];
      Arrays.fill(sharedPipe, NONE);
      Arrays.fill(memoryPipe, NONE);
      memories = dies == null && noc == null ? null : new Memories[devices];
    }

    /** Adds those of a stream's device, if they are new, and says which the stream has. */
    void add(final int s, final int stream, final Rates rates) {
      final int on = device[s];
      if (sharedPipe[on] == NONE && rates.shared() > 0) {
        sharedPipe[on] = pipes.add(rates.shared());
      }
      if (memories == null) {
        if (memoryPipe[on] == NONE && rates.memory() > 0) {
          memoryPipe[on] = pipes.add(rates.memory());
        }
      } else if (dies != null) {
        die[s] = dies.of(placement, stream);
        if (memories[on] == null) {
          memories[on] = dies.new Package(chip, rates.memory(), pipes, die);
        }
      } else if (memories[on] == null) {
        memories[on] =
            noc.memories(on, placement, folding, survey::memoryBytes, rates.memory(), pipes);
      }
      shared[s] = sharedPipe[on];
      memory[s] = memoryPipe[on];
    }
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
