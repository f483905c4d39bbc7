package org.inferchip.arithmetic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Operands;
import org.inferchip.program.Task;
import org.inferchip.program.TaskList;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;

/** Executes a program, whole or in part, and compares its results with float64. */
public final class OperatorCheck {
  /** What of each sampled region is compared: the float64 reference costs more than the tile. */
  private static final int PROBE_ROWS = 8;

  private static final int PROBE_COLS = 32;

  private final TileProgram program;
  private final TensorStore store;
  private final MatrixRule rule;
  private final Comparison comparison;

  private OperatorCheck(final TileProgram program, final TensorStore store, final MatrixRule rule) {
    this.program = program;
    this.store = store;
    this.rule = rule;
    comparison = new Comparison(Reference.of(program, store, rule), store);
  }

  /**
   * Executes every task and compares every element of every result.
   *
   * @param store the operator's tensors, results undefined
   * @param rule how the matrix unit computes
   * @param order which streams go first; the values do not depend on it unless a wait is missing
   */
  public static OperatorReport whole(
      final TileProgram program,
      final TensorStore store,
      final MatrixRule rule,
      final Execution.Order order) {
    final OperatorCheck check = new OperatorCheck(program, store, rule);
    final Execution execution = new Execution(program, store, rule);
    if (check.guarded(() -> execution.whole(order))) {
      check.results().forEach(check.comparison::compare);
    }
    return check.report(items(program));
  }

  /**
   * Executes a seeded sample of the items that store results, with all that they need, and compares
   * a seeded corner of each region that they store. Of a collective, one item of every stream is
   * executed: those of one number, which exchange data among themselves only.
   *
   * @param most items wanted; all are taken if there are fewer
   */
  public static OperatorReport sample(
      final TileProgram program,
      final TensorStore store,
      final MatrixRule rule,
      final long seed,
      final int most) {
    final OperatorCheck check = new OperatorCheck(program, store, rule);
    final List<OutputRegion> stored;
    final long tiles;
    if (program.operator() instanceof Collective) {
      final TileProgram part = check.sameItem(seed);
      final Execution execution = new Execution(part, store, rule);
      check.guarded(() -> execution.whole(Execution.Order.ASCENDING));
      stored = execution.stored();
      tiles = items(part);
    } else {
      final List<int[]> chosen = check.choose(seed, most);
      final ItemExecution execution = new ItemExecution(program, store, rule);
      check.guarded(() -> chosen.forEach(place -> execution.execute(place[0], place[1])));
      stored = execution.stored();
      tiles = chosen.size();
    }
    final Random corners = new Random(seed);
    for (final OutputRegion region : stored) {
      check.comparison.compare(region.corner(PROBE_ROWS, PROBE_COLS, corners));
    }
    return check.report(tiles);
  }

  /** Runs a part of the program; gives up, with a fault, where it cannot go on. */
  private boolean guarded(final Runnable part) {
    try {
      part.run();
      return true;
    } catch (final ScheduleFault e) {
      comparison.fault(e.getMessage());
      return false;
    }
  }

  private static long items(final TileProgram part) {
    long items = 0;
    for (int s = 0; s < part.streams(); s++) {
      items += part.items(s);
    }
    return items;
  }

  private TileProgram sameItem(final long seed) {
    int most = 1;
    for (int s = 0; s < program.streams(); s++) {
      most = Math.max(most, program.items(s));
    }
    return new SameItem(program, new Random(seed).nextInt(most / program.passes()));
  }

  /** Streams and items, in order, so that neighbours share what they need. */
  private List<int[]> choose(final long seed, final int most) {
    final Random random = new Random(seed);
    final List<int[]> chosen = new ArrayList<>();
    final Set<Long> seen = new HashSet<>();
    // Items that only prepare are passed over; a few tries for each wanted one are enough.
    for (int tries = 0; tries < 16 * most && chosen.size() < most; tries++) {
      final int stream = random.nextInt(program.streams());
      final int items = program.items(stream);
      if (items > 0) {
        final int item = random.nextInt(items);
        if (seen.add((long) stream << 32 | item) && storesResult(stream, item)) {
          chosen.add(new int[] {stream, item});
        }
      }
    }
    chosen.sort(Comparator.<int[]>comparingInt(p -> p[0]).thenComparingInt(p -> p[1]));
    return chosen;
  }

  private boolean storesResult(final int stream, final int item) {
    final int block = program.blocks(stream, item) - 1;
    final int trip = program.trips(stream, item, block) - 1;
    final TaskList tasks = new TaskList().fill(program, stream, item, block, trip);
    for (int i = 0; i < tasks.size(); i++) {
      if (tasks.get(i).kind == Task.Kind.STORE && isResult(tasks.get(i).tensor)) {
        return true;
      }
    }
    return false;
  }

  private boolean isResult(final int tensor) {
    final Role role = program.tensors().get(tensor).role();
    return role == Role.OUTPUT || role == Role.SUM;
  }

  /** All results, whole. */
  private List<OutputRegion> results() {
    final List<OutputRegion> regions = new ArrayList<>();
    final Operator operator = program.operator();
    final boolean scatters =
        operator instanceof Elementwise op && op.kind() == Elementwise.Kind.KV_WRITE;
    for (final Operands.Shape shape : Operands.of(operator)) {
      if (shape.role() == Role.OUTPUT || shape.role() == Role.SUM) {
        final long rows = scatters ? ((Elementwise) operator).rows() : shape.rows();
        regions.add(
            new OutputRegion(
                shape.role(),
                0,
                0,
                Math.toIntExact(rows),
                Math.toIntExact(shape.cols()),
                scatters ? 0 : Task.NONE));
      }
    }
    return regions;
  }

  private OperatorReport report(final long items) {
    final Operator operator = program.operator();
    return comparison.report(operator.name(), format(operator), items);
  }

  private static Format format(final Operator operator) {
    if (operator instanceof MatMul product) {
      return product.activation();
    }
    if (operator instanceof Attention attention) {
      return attention.activation();
    }
    return operator instanceof Elementwise elementwise
        ? elementwise.input()
        : ((Collective) operator).format();
  }
}
