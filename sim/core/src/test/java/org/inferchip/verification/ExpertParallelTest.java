package org.inferchip.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.arithmetic.ArrayTensor;
import org.inferchip.arithmetic.Execution;
import org.inferchip.arithmetic.MatrixRule;
import org.inferchip.arithmetic.SparseTensor;
import org.inferchip.arithmetic.Tensor;
import org.inferchip.arithmetic.TensorStore;
import org.inferchip.audit.Audit;
import org.inferchip.engine.Detail;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.operator.Traffic;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;
import org.inferchip.simulation.OperatorSimulator;
import org.junit.jupiter.api.Test;

/**
 * A layer of experts spread over four devices, executed program by program as a step does it: rows
 * to their experts, a product for each, rows back, weighted sums. What comes out is what every
 * token gets that is multiplied with its experts directly.
 */
final class ExpertParallelTest {
  private static final int DEVICES = 4;
  private static final int EXPERTS = 8;
  private static final int PER_TOKEN = 3;
  private static final int HIDDEN = 64;
  private static final int[] TOKENS = {5, 0, 9, 2};

  private final SystemDescription system =
      Descriptions.here().system("dgx-h100", Optional.empty(), Overrides.none()).value();
  private final OperatorSimulator operators =
      new OperatorSimulator(system.chip(), system.stack(), Detail.FOLDED, Map.of());
  private final MatrixRule rule = MatrixRule.of(system.chip().cores().get(0).matrix(), 1);
  private final SplittableRandom random = new SplittableRandom(7);

  /** A pair of token and expert. */
  private record Row(int device, int token, int choice, int expert) {
    int to() {
      return expert / (EXPERTS / DEVICES);
    }
  }

  @Test
  void shouldGiveEveryTokenTheSumOfItsExperts() {
    final float[][][] x = new float[DEVICES][][];
    final float[][][] gates = new float[DEVICES][][];
    final List<Row> rows = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) {
      x[device] = values(TOKENS[device], HIDDEN);
      gates[device] = values(TOKENS[device], PER_TOKEN);
      for (int token = 0; token < TOKENS[device]; token++) {
        final List<Integer> experts = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
        for (int choice = 0; choice < PER_TOKEN; choice++) {
          final int expert = experts.remove(random.nextInt(experts.size()));
          rows.add(new Row(device, token, choice, expert));
        }
      }
    }
    final float[][] weights = values(EXPERTS * HIDDEN, HIDDEN);
    final float[][][] sums = spread(x, gates, weights, rows);
    for (int device = 0; device < DEVICES; device++) {
      for (int token = 0; token < TOKENS[device]; token++) {
        check(device, token, x, gates, weights, rows, sums[device][token]);
      }
    }
  }

  private static void check(
      final int device,
      final int token,
      final float[][][] x,
      final float[][][] gates,
      final float[][] weights,
      final List<Row> rows,
      final float[] found) {
    for (int col = 0; col < HIDDEN; col++) {
      double expected = 0;
      double magnitude = 0;
      for (final Row row : rows) {
        if (row.device() == device && row.token() == token) {
          double sum = 0;
          for (int k = 0; k < HIDDEN; k++) {
            sum += (double) x[device][token][k] * weights[row.expert() * HIDDEN + k][col];
          }
          expected += gates[device][token][row.choice()] * sum;
          magnitude += Math.abs(gates[device][token][row.choice()] * sum);
        }
      }
      // Rounded to bf16 behind the product and behind the sum: 2^-8 each, and a little for fp32.
      assertEquals(expected, found[col], 0.01 * magnitude + 1e-3);
    }
  }

  private float[][][] spread(
      final float[][][] x, final float[][][] gates, final float[][] weights, final List<Row> rows) {
    final List<Row> sent = new ArrayList<>(rows);
    sent.sort(Comparator.comparingInt(Row::device).thenComparingInt(Row::expert));
    final int[][] counts = new int[DEVICES][DEVICES];
    sent.forEach(row -> counts[row.device()][row.to()]++);
    final Traffic traffic = new Traffic(counts, HIDDEN);
    final float[][] outgoing =
        sent.stream().map(row -> x[row.device()][row.token()]).toArray(float[][]::new);
    final float[][] arrived = exchange(traffic, outgoing);
    final List<Row> places = new ArrayList<>(sent);
    places.sort(
        Comparator.comparingInt(Row::to)
            .thenComparingInt(Row::device)
            .thenComparingInt(Row::expert));
    final float[][] made = new float[arrived.length][];
    for (int device = 0; device < DEVICES; device++) {
      multiply(device, places, arrived, weights, made);
    }
    final float[][] back = exchange(traffic.back(), made);
    final float[][][] sums = new float[DEVICES][][];
    for (int device = 0; device < DEVICES; device++) {
      sums[device] = combine(device, sent, back, gates[device]);
    }
    return sums;
  }

  private float[][] exchange(final Traffic traffic, final float[][] rows) {
    final Collective op = Collective.routed("exchange", traffic, Format.BF16);
    return run(op, traffic.total(), new TensorStore().bind(Role.INPUT, tensor(rows)));
  }

  /** The experts of a device, on rows that are put in their order first. */
  private void multiply(
      final int device,
      final List<Row> places,
      final float[][] arrived,
      final float[][] weights,
      final float[][] made) {
    final int block = EXPERTS / DEVICES;
    final List<Integer> order = new ArrayList<>();
    final List<Integer> groups = new ArrayList<>();
    final List<float[]> used = new ArrayList<>();
    for (int expert = device * block; expert < (device + 1) * block; expert++) {
      final int before = order.size();
      for (int place = 0; place < places.size(); place++) {
        if (places.get(place).expert() == expert) {
          order.add(place);
        }
      }
      if (order.size() > before) {
        groups.add(order.size() - before);
        used.addAll(Arrays.asList(weights).subList(expert * HIDDEN, (expert + 1) * HIDDEN));
      }
    }
    if (order.isEmpty()) {
      return;
    }
    final Operator product =
        new MatMul(
            "expert",
            groups,
            HIDDEN,
            HIDDEN,
            Format.BF16,
            Format.BF16,
            Format.FP32,
            Format.BF16,
            false);
    final float[][] out =
        run(
            product,
            order.size(),
            new TensorStore()
                .bind(
                    Role.INPUT,
                    tensor(order.stream().map(place -> arrived[place]).toArray(float[][]::new)))
                .bind(Role.WEIGHT, tensor(used.toArray(float[][]::new))));
    for (int row = 0; row < out.length; row++) {
      made[order.get(row)] = out[row];
    }
  }

  private float[][] combine(
      final int device, final List<Row> sent, final float[][] back, final float[][] gates) {
    final int tokens = TOKENS[device];
    if (tokens == 0) {
      return new float[0][];
    }
    final List<float[]> own = new ArrayList<>();
    final int[] index = new int[tokens * PER_TOKEN];
    for (int place = 0; place < sent.size(); place++) {
      final Row row = sent.get(place);
      if (row.device() == device) {
        index[row.choice() * tokens + row.token()] = own.size();
        own.add(back[place]);
      }
    }
    final Operator sum =
        new Elementwise(
            "combine",
            Elementwise.Kind.COMBINE,
            tokens,
            HIDDEN,
            PER_TOKEN,
            Format.BF16,
            Format.BF16);
    return run(
        sum,
        tokens,
        new TensorStore()
            .bind(Role.INPUT, tensor(own.toArray(float[][]::new)))
            .bind(Role.INDEX, ArrayTensor.indices(index))
            .bind(Role.OTHER, ArrayTensor.of(flat(gates), tokens, PER_TOKEN, Format.FP32)));
  }

  /** Executes the program that is timed, and audits it. */
  private float[][] run(final Operator operator, final int rows, final TensorStore store) {
    final TileProgram program = operators.program(operator);
    assertTrue(Audit.of(program, system.chip()).sound());
    final Tensor out = new SparseTensor(rows, HIDDEN, Format.BF16);
    store.bind(Role.OUTPUT, out);
    new Execution(program, store, rule).whole(Execution.Order.DESCENDING);
    final float[][] read = new float[rows][HIDDEN];
    for (int row = 0; row < rows; row++) {
      out.read(row, 0, HIDDEN, read[row], 0);
    }
    return read;
  }

  /** Small integers and halves, which bf16 has exactly. */
  private float[][] values(final int rows, final int cols) {
    final float[][] values = new float[rows][cols];
    for (final float[] row : values) {
      for (int col = 0; col < cols; col++) {
        row[col] = (random.nextInt(9) - 4) * 0.5f;
      }
    }
    return values;
  }

  private static ArrayTensor tensor(final float[][] rows) {
    return ArrayTensor.of(flat(rows), rows.length, rows[0].length, Format.BF16);
  }

  private static float[] flat(final float[][] rows) {
    final float[] all = new float[rows.length * rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, all, row * rows[0].length, rows[0].length);
    }
    return all;
  }
}
