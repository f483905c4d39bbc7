package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.inferchip.arch.Chip;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.Stack;
import org.inferchip.arch.StoredWeights;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Engine;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Capacity;
import org.inferchip.program.TileProgram;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The space and the search on the shipped chips, with the engine as evaluator. */
final class MappingSearchTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));

  private record Machine(Chip chip, Stack stack) {
    static Machine of(final String name) {
      final Chip chip = SHIPPED.chip(name).value();
      return new Machine(chip, SHIPPED.stack(chip.defaults().stack()).value());
    }

    /** What the stack multiplies weights in. */
    Format inputs() {
      final Format weights = stack.weights();
      return stack.stored(weights).map(StoredWeights::inputs).orElse(weights);
    }

    long time(final TileProgram program) {
      return Engine.run(program, chip, Detail.FULL).makespanPicos()
          + Math.round((program.kernels() - 1) * stack.matmul().fixUp() * 1e12);
    }
  }

  static Stream<String> chips() {
    return SHIPPED.catalog().names(Kind.CHIP.folder(), Catalog.YAML).stream();
  }

  /** Chips with a unit for the products of numbers; pure analog chips have none. */
  static Stream<String> digitalChips() {
    return chips()
        .filter(
            name ->
                SHIPPED.chip(name).value().cores().stream()
                    .anyMatch(cores -> !(cores.matrix() instanceof MatrixUnit.Analog)));
  }

  /** Chips whose candidates have bounds; those of others are ranked by an estimate. */
  static Stream<String> systolicChips() {
    return chips()
        .filter(
            name ->
                SHIPPED.chip(name).value().cores().get(0).matrix() instanceof MatrixUnit.Systolic);
  }

  /** Operators of a layer of Llama-3.1-8B, small and large, and odd ones. */
  private static List<Operator> operators(final Machine machine) {
    final Format format = machine.inputs();
    final int devices = machine.chip.scaleUp().map(link -> Math.min(4, link.reach())).orElse(1);
    final List<Operator> operators = new ArrayList<>();
    for (final int rows : new int[] {1, 64, 300}) {
      operators.add(MatMul.dense("qkv_proj", rows, 6144, 4096, format));
      operators.add(MatMul.dense("even", 64 * rows, 1280, 1280, format));
      operators.add(MatMul.dense("odd", rows, 1013, 509, format));
      operators.add(
          new Elementwise("norm", Elementwise.Kind.ADD_RMS_NORM, rows, 4096, 0, format, format));
      operators.add(
          new Elementwise("silu", Elementwise.Kind.SILU_MUL, rows, 14336, 0, format, format));
      operators.add(new Elementwise("top", Elementwise.Kind.TOP_K, rows, 128, 8, format, format));
      operators.add(attention(format, new Attention.Sequence(rows, rows + 1000)));
      operators.add(
          new Collective("all_reduce", Collective.Kind.ALL_REDUCE, rows * 4096L, format, devices));
    }
    operators.add(
        attention(format, new Attention.Sequence(1, 20000), new Attention.Sequence(1, 17)));
    operators.add(new Elementwise("sample", Elementwise.Kind.ARGMAX, 9, 128256, 0, format, format));
    return operators;
  }

  private static Attention attention(final Format format, final Attention.Sequence... sequences) {
    return new Attention("attention", List.of(sequences), 32, 8, 128, 128, 0, true, format, format);
  }

  @ParameterizedTest
  @MethodSource("digitalChips")
  void shouldOfferOnlyMappingsThatFitAndCannotBeatTheirBounds(final String name) {
    final Machine machine = Machine.of(name);
    for (final Operator operator : operators(machine)) {
      final List<Candidate> candidates = MappingSpace.of(operator, machine.chip, machine.stack);
      for (int i = 0; i < candidates.size(); i += 1 + candidates.size() / 3) {
        final Candidate candidate = candidates.get(i);
        final String at = name + " " + operator + " " + candidate;
        assertEquals(candidate.mapping(), Mapping.parse(operator, candidate.mapping().text()), at);
        final TileProgram program = Mapper.lower(operator, candidate.mapping(), machine.chip);
        assertTrue(Capacity.overflow(program, machine.chip).isEmpty(), at);
        if (candidate.tasks() < 5_000) {
          // Edge tiles count as full ones, and tensor cores have an estimate instead of a bound.
          final boolean bound =
              !(operator instanceof MatMul)
                  || operator.name().equals("even")
                      && machine.chip.cores().get(0).matrix() instanceof MatrixUnit.Systolic;
          final double edges = bound ? 1 : 0.7;
          final long time = machine.time(program) + program.startPicos();
          assertTrue(time >= edges * candidate.boundPicos(), at + " took " + time);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("systolicChips")
  void shouldNotBeatTheBoundsOfOddProducts(final String name) {
    final Machine machine = Machine.of(name);
    final Random random = new Random(7 + name.hashCode());
    for (int shape = 0; shape < 40; shape++) {
      final MatMul op =
          MatMul.dense(
              "odd",
              1 + random.nextInt(700),
              1 + random.nextInt(3000),
              16 + random.nextInt(1500),
              machine.inputs());
      final List<Candidate> candidates = MappingSpace.of(op, machine.chip, machine.stack);
      final Candidate candidate = candidates.get(random.nextInt(candidates.size()));
      if (candidate.tasks() < 5_000) {
        final long time = machine.time(Mapper.lower(op, candidate.mapping(), machine.chip));
        final String at = name + " " + op + " " + candidate + " took " + time;
        assertTrue(time >= candidate.boundPicos(), at);
      }
    }
  }

  @Test
  void shouldFindWhatTryingEverythingFinds() {
    final Machine machine = Machine.of("h100-sxm");
    for (final Operator operator :
        List.of(
            MatMul.dense("o_proj", 64, 1024, 1024, Format.BF16),
            MatMul.dense("small", 200, 512, 512, Format.BF16),
            attention(Format.BF16, new Attention.Sequence(1, 4096)))) {
      final long least =
          MappingSpace.of(operator, machine.chip, machine.stack).stream()
              .mapToLong(c -> machine.time(Mapper.lower(operator, c.mapping(), machine.chip)))
              .min()
              .orElseThrow();
      final MappingSearch.Found found =
          MappingSearch.find(
              operator, machine.chip, machine.stack, (tiles, program) -> machine.time(program));
      assertTrue(found.tried() <= MappingSearch.MOST);
      assertTrue(found.time() <= 1.1 * least, operator + " " + found + " against " + least);
    }
  }

  @Test
  void shouldSplitTheReductionWhereTilesAreFew() {
    final Machine machine = Machine.of("h100-sxm");
    final MatMul op = MatMul.dense("long", 16, 128, 65536, Format.BF16);
    final MatMulMapping mapping =
        (MatMulMapping)
            MappingSearch.best(
                op, machine.chip, machine.stack, (tiles, program) -> machine.time(program));
    assertTrue(mapping.splitK() > 1, mapping.text());
  }

  @Test
  void shouldSplitTheKeysOfALoneSequence() {
    final Machine machine = Machine.of("h100-sxm");
    final Attention op = attention(Format.BF16, new Attention.Sequence(1, 32768));
    final AttentionMapping mapping =
        (AttentionMapping)
            MappingSearch.best(
                op, machine.chip, machine.stack, (tiles, program) -> machine.time(program));
    assertTrue(mapping.splits() >= 8, mapping.text());
  }

  @Test
  void shouldRefuseAFormatThatTheUnitLacks() {
    final Machine machine = Machine.of("groq-lpu");
    final MatMul op = MatMul.dense("gemm", 16, 128, 128, Format.BF16);
    final InvalidInputException problem =
        assertThrows(
            InvalidInputException.class, () -> MappingSpace.of(op, machine.chip, machine.stack));
    assertEquals("bf16", problem.problems().get(0).found());
  }

  @Test
  void shouldCutColumnsWhereLongRowsDoNotFit() {
    // 2 x 14,336 in and 2 x 14,336 out in 16 bits are 112 KiB; the core has 100.
    final Machine machine = Machine.of("rtx-pro-6000");
    final Elementwise wide =
        new Elementwise(
            "silu_mul", Elementwise.Kind.SILU_MUL, 2048, 14_336, 0, Format.BF16, Format.BF16);
    final Mapping best =
        MappingSearch.best(
            wide, machine.chip(), machine.stack(), (tiles, program) -> machine.time(program));
    assertTrue(((ElementwiseMapping) best).cols() < 14_336, best.text());
  }

  @Test
  void shouldRefuseRowsThatFitNoCore() {
    final Machine machine = Machine.of("h100-sxm");
    final Elementwise op =
        new Elementwise(
            "softmax", Elementwise.Kind.SOFTMAX, 2, 1 << 20, 0, Format.FP32, Format.FP32);
    assertThrows(
        InvalidInputException.class, () -> MappingSpace.of(op, machine.chip, machine.stack));
  }
}
