package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.inferchip.arch.AttentionUnit;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.arithmetic.Execution;
import org.inferchip.arithmetic.MatrixRule;
import org.inferchip.arithmetic.OperatorCheck;
import org.inferchip.arithmetic.OperatorReport;
import org.inferchip.arithmetic.SyntheticTensors;
import org.inferchip.audit.Audit;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Engine;
import org.inferchip.mapping.AttentionMapping;
import org.inferchip.mapping.Mapper;
import org.inferchip.numerics.Exponential;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.api.Test;

/** Fixed-function attention: time by its stages, values by its exponentials, and what it lacks. */
class AttentionUnitTest {
  private static final SystemDescription SYSTEM =
      Descriptions.here().system("attention-asic", Optional.empty(), Overrides.none()).value();
  private static final Chip CHIP = SYSTEM.chip();
  private static final Stack STACK = SYSTEM.stack();

  private static Attention causal(
      final String name,
      final List<Attention.Sequence> sequences,
      final int heads,
      final int kvHeads,
      final int headDim) {
    return new Attention(
        name, sequences, heads, kvHeads, headDim, headDim, 0, true, Format.BF16, Format.BF16);
  }

  private static Attention decode(final int users, final int context, final int headDim) {
    return causal(
        "attention_decode",
        Collections.nCopies(users, new Attention.Sequence(1, context)),
        32,
        8,
        headDim);
  }

  @Test
  void shouldServeAllBytesOfALongPromptsChunkWhereCoresShareKeys() {
    // Cores that find all keys fetched by others stand for no core that fetches them.
    final Attention chunk =
        causal("attention_prefill", List.of(new Attention.Sequence(2047, 15286)), 32, 8, 128);
    final OperatorResult folded = simulator(CHIP).simulate(chunk);
    final OperatorResult full =
        new OperatorSimulator(CHIP, STACK, Detail.FULL, Map.of()).simulate(chunk);
    assertEquals(full.latencyPicos(), folded.latencyPicos(), 0.01 * full.latencyPicos());
    assertEquals(full.timing().counters(), folded.timing().counters());
  }

  private static OperatorSimulator simulator(final Chip chip) {
    return new OperatorSimulator(chip, STACK, Detail.FOLDED, Map.of());
  }

  private static Chip with(final AttentionUnit unit) {
    final CoreGroup core = CHIP.cores().get(0);
    final CoreGroup other =
        new CoreGroup(
            core.name(),
            core.count(),
            core.matrix(),
            core.vector(),
            core.local(),
            core.port(),
            Optional.of(unit),
            core.groups());
    return new Chip(
        CHIP.name(),
        CHIP.description(),
        CHIP.clock(),
        CHIP.process(),
        CHIP.dies(),
        List.of(other),
        CHIP.shared(),
        CHIP.memory(),
        CHIP.scaleUp(),
        CHIP.host(),
        CHIP.power(),
        CHIP.energy(),
        CHIP.cost(),
        CHIP.peak(),
        CHIP.defaults(),
        CHIP.sources());
  }

  private static AttentionUnit unit() {
    return CHIP.cores().get(0).attention().orElseThrow();
  }

  private static AttentionUnit unit(
      final int macs, final int lanes, final double path, final Exponential exponential) {
    final AttentionUnit unit = unit();
    return new AttentionUnit(
        unit.count(),
        unit.queryRows(),
        unit.keyTile(),
        unit.headDims(),
        Map.of(Format.BF16, macs),
        Map.of(Format.BF16, macs),
        lanes,
        unit.scoreLatencyCycles(),
        unit.softmaxLatencyCycles(),
        unit.valueLatencyCycles(),
        exponential,
        path);
  }

  @Test
  void shouldBeChosenWhereTheShapeFitsAndKeepItsStagesBusySideBySide() {
    final OperatorSimulator simulator = simulator(CHIP);
    final OperatorResult result = simulator.simulate(decode(64, 2048, 128));
    assertTrue(((AttentionMapping) result.choice()).fixed());
    assertEquals(List.of(), simulator.fallbacks());
    final List<String> units =
        result.timing().units().stream().map(use -> use.unit()).sorted().toList();
    assertEquals(List.of("load", "scores", "softmax", "store", "values"), units);
    assertEquals(
        result.timing().counters().totalMacs(),
        result.timing().counters().fixedMacs().get(Format.BF16));
  }

  @Test
  void shouldTakeABlockThroughItsStages() {
    // One unit, one item of 16 blocks of 128 keys and four rows: scores and values take
    // 128 x 128 / 16 = 1,024 cycles a block, softmax 4 x 128 / 16 = 32, and 128 keys come in
    // 128 x 256 / 64 = 512 cycles, as do their values.
    final Attention one =
        causal("attention_decode", List.of(new Attention.Sequence(1, 2048)), 4, 1, 128);
    final AttentionMapping mapping =
        new AttentionMapping(
            64, 128, 4, 1, 4, 2, 1, new AttentionMapping(64, 128, 4, 1, 4, 2, 1).pace(), true);
    final TileProgram program = Mapper.lower(one, mapping, CHIP);
    final double cycles =
        Engine.simulate(program, CHIP, Detail.FULL, null).timing().makespanPicos()
            * 1e-12
            * CHIP.clock();
    final double stages = 17 * 1024 + 512 + 32 + 12 + 24 + 12;
    final double latency = 0.7e-6 * CHIP.clock();
    assertTrue(cycles > stages, "under the stages: " + cycles);
    assertTrue(cycles < stages + 4 * latency, "over the stages by more than latencies: " + cycles);
  }

  @Test
  void shouldFallBackWithTheReasonWhereAShapeDoesNotFit() {
    final OperatorSimulator simulator = simulator(CHIP);
    final OperatorResult result = simulator.simulate(decode(2, 256, 96));
    assertFalse(((AttentionMapping) result.choice()).fixed());
    assertEquals(1, simulator.fallbacks().size());
    assertTrue(simulator.fallbacks().get(0).contains("head size 96"));
    assertTrue(simulator.fallbacks().get(0).contains("attention_decode"));
  }

  @Test
  void shouldComputeWhatTheReferenceSaysWithItsOwnExponentials() {
    for (final Exponential exponential :
        List.of(
            Exponential.FULL,
            new Exponential(Exponential.Method.TABLE, 64),
            new Exponential(Exponential.Method.POLYNOMIAL, 2))) {
      final Chip chip = with(unit(1024, 16, 64, exponential));
      for (final Attention op : List.of(decode(3, 300, 128), decode(1, 1000, 64))) {
        final OperatorResult result = simulator(chip).simulate(op);
        final TileProgram program = Mapper.lower(op, result.choice(), chip);
        final OperatorReport report =
            OperatorCheck.whole(
                program,
                SyntheticTensors.of(op, 5),
                MatrixRule.of(chip.cores().get(0).matrix(), 1),
                Execution.Order.ASCENDING);
        assertEquals(List.of(), report.faults(), exponential.toString());
        assertEquals(List.of(), Audit.of(program, chip).findings());
      }
    }
  }

  @Test
  void shouldTellARoughExponentialFromAFullOne() {
    final double full = error(Exponential.FULL);
    final double rough = error(new Exponential(Exponential.Method.TABLE, 4));
    assertTrue(rough > 3 * full, full + " " + rough);
  }

  private static double error(final Exponential exponential) {
    final Chip chip = with(unit(1024, 16, 64, exponential));
    final Attention op = decode(2, 200, 128);
    final OperatorResult result = simulator(chip).simulate(op);
    return OperatorCheck.whole(
            Mapper.lower(op, result.choice(), chip),
            SyntheticTensors.of(op, 5),
            MatrixRule.of(chip.cores().get(0).matrix(), 1),
            Execution.Order.ASCENDING)
        .relativeError();
  }

  /** Wider or faster stages and paths are never slower at one mapping: 200 seeded cases. */
  @Test
  void shouldNeverBeSlowerWithABetterPart() {
    final Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      final List<Attention.Sequence> sequences = new ArrayList<>();
      for (int s = 0; s <= random.nextInt(6); s++) {
        final int context = 1 + random.nextInt(900);
        sequences.add(new Attention.Sequence(1 + random.nextInt(Math.min(context, 40)), context));
      }
      final int kvHeads = 1 << random.nextInt(4);
      final int headDim = random.nextBoolean() ? 64 : 128;
      final Attention op =
          causal("attention_prefill", sequences, kvHeads << random.nextInt(3), kvHeads, headDim);
      final int macs = 64 << random.nextInt(5);
      final int lanes = 1 << random.nextInt(6);
      final double path = 8 << random.nextInt(5);
      final Chip base = with(unit(macs, lanes, path, Exponential.FULL));
      final AttentionMapping mapping = (AttentionMapping) simulator(base).simulate(op).choice();
      assertTrue(mapping.fixed());
      final long time = picos(op, mapping, base);
      final double slack = 1.01 * time;
      final double folded =
          Engine.simulate(Mapper.lower(op, mapping, base), base, Detail.FOLDED, null)
              .timing()
              .makespanPicos();
      assertEquals(1, folded / time, 0.01, "folded");
      assertTrue(picos(op, mapping, with(unit(2 * macs, lanes, path, Exponential.FULL))) <= slack);
      assertTrue(picos(op, mapping, with(unit(macs, 2 * lanes, path, Exponential.FULL))) <= slack);
      assertTrue(picos(op, mapping, with(unit(macs, lanes, 2 * path, Exponential.FULL))) <= slack);
    }
  }

  private static long picos(final Attention op, final AttentionMapping mapping, final Chip chip) {
    return Engine.simulate(Mapper.lower(op, mapping, chip), chip, Detail.FULL, null)
        .timing()
        .makespanPicos();
  }
}
