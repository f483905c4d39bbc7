package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Engine;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.Mapping;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.units.InvalidInputException;
import org.inferchip.verification.OperatorVerification;
import org.inferchip.verification.OperatorVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times and efficiencies are the published ones: see the sources of the chips. */
class AnalogChipsTest {
  private static SystemDescription system(final String chip, final Overrides values) {
    return Descriptions.here().system(chip, Optional.empty(), values).value();
  }

  private static OperatorSimulator simulator(final SystemDescription system) {
    return new OperatorSimulator(system.chip(), system.stack(), Detail.FOLDED, Map.of());
  }

  /** All arrays of a chip at once, many vectors: seconds of one vector, and TOPS/W. */
  @ParameterizedTest
  @CsvSource({
    "ibm-hermes, 256, 16384, 133e-9, 9.76",
    "ibm-hermes-4phase, 256, 16384, 521e-9, 2.48",
    "mythic-m1076, 1024, 77824, 6.13e-6, 7",
    "neurram, 128, 12288, 4.228e-6, 15.95"
  })
  void shouldReachThePublishedRate(
      final String chip,
      final int inputs,
      final int outputs,
      final double vectorSeconds,
      final double opsPerPicojoule) {
    final int vectors = 512;
    final Operator all = MatMul.dense("all", vectors, outputs, inputs, Format.ANALOG);
    final OperatorResult result = simulator(system(chip, Overrides.none())).simulate(all);
    final double seconds = result.latencyPicos() * 1e-12 / vectors;
    assertEquals(vectorSeconds, seconds, 0.1 * vectorSeconds);
    final double efficiency = 2.0 * all.multiplyAccumulates() / result.energy().total() * 1e-12;
    assertEquals(opsPerPicojoule, efficiency, 0.2 * opsPerPicojoule);
  }

  /** Two and six-bit inputs on the constants of four-bit ones, 1.79 and 0.261 TOPS. */
  @ParameterizedTest
  @CsvSource({"1, 1.79e12", "31, 0.261e12"})
  void shouldFollowTheBitsOfInputs(final int pulses, final double opsPerSecond) {
    final Overrides bits = Overrides.none().with("cores[0].matrix.readout.reads", "" + pulses);
    final Overrides rates = bits.with("cores[0].matrix.macs_per_cycle.analog", "300");
    final int vectors = 512;
    final Operator all = MatMul.dense("all", vectors, 12288, 128, Format.ANALOG);
    final OperatorResult result = simulator(system("neurram", rates)).simulate(all);
    final double rate = 2.0 * all.multiplyAccumulates() / (result.latencyPicos() * 1e-12);
    assertEquals(opsPerSecond, rate, 0.1 * opsPerSecond);
  }

  /** All 8.0e9 weights in arrays: facts of the chips say some 1,900 and more than 100. */
  @ParameterizedTest
  @CsvSource({"ibm-hermes, 1915", "mythic-m1076, 101"})
  void shouldSayHowManyChipsWeightsNeed(final String chip, final int chips) {
    final InvalidInputException refused =
        assertThrows(
            InvalidInputException.class,
            () ->
                Plan.of(
                    system(chip, Overrides.none()),
                    Models.here().read("llama-3.1-8b").model(),
                    Plan.Wishes.NONE));
    assertTrue(refused.getMessage().contains("at least " + chips + " chips"), refused.getMessage());
  }

  @Test
  void shouldRefuseWhatArraysCannotHold() {
    final OperatorSimulator hermes = simulator(system("ibm-hermes", Overrides.none()));
    final Attention attention =
        new Attention(
            "attention_decode",
            List.of(new Attention.Sequence(1, 64)),
            8,
            8,
            64,
            64,
            0,
            true,
            Format.BF16,
            Format.BF16);
    final String dynamic =
        assertThrows(InvalidInputException.class, () -> hermes.simulate(attention)).getMessage();
    assertTrue(dynamic.contains("digital cores beside them"), dynamic);
    final String emulated =
        assertThrows(
                InvalidInputException.class,
                () ->
                    Plan.of(
                        system("ibm-hermes", Overrides.none()),
                        Models.here().read("stories15m").model(),
                        new Plan.Wishes(
                            Optional.empty(), Optional.empty(), Optional.of(Format.FP32))))
            .getMessage();
    assertTrue(emulated.contains("not set to emulate"), emulated);
  }

  @Test
  void shouldCountArraysOfASmallModel() {
    final Plan plan =
        Plan.of(
            system("analog-edge", Overrides.none()),
            Models.here().read("smollm2-135m").model(),
            Plan.Wishes.NONE);
    final AnalogRoom arrays = plan.analog().orElseThrow();
    // 30 layers of 4 (qkv) + 4 (o) + 12 (gate, up) + 6 (down) arrays of 512 x 512.
    assertEquals(30 * 26, arrays.needed());
    assertEquals(1024, arrays.there());
    assertEquals(30L * (960 * 576 + 576 * 576 + 3 * 576 * 1536), arrays.heldElements());
    // Embedding and norms, two bytes each.
    assertEquals(2 * (49152 * 576 + 61 * 576), plan.weightBytes());
    // 262,144 x 4 cells, 512 at once, 20 pulses of 10 us.
    assertEquals(0.4096, arrays.programmingSeconds(), 1e-9);
  }

  @Test
  void shouldComputeWithinItsBoundAndAuditClean() {
    final SystemDescription edge = system("analog-edge", Overrides.none());
    final OperatorVerifier verifier = new OperatorVerifier(simulator(edge), 1, Long.MAX_VALUE);
    for (final int[] size : new int[][] {{3, 700, 1300}, {17, 96, 512}, {1, 512, 40}}) {
      final OperatorVerification found =
          verifier.whole(MatMul.dense("o_proj", size[0], size[1], size[2], Format.ANALOG));
      assertTrue(found.ok(), found::toString);
      assertTrue(found.relativeError() > 1e-3, "analog loses something");
      assertTrue(found.relativeError() < 0.05, found::toString);
    }
  }

  /** At one mapping, a faster read, converter, port or clock is never slower. */
  @Test
  void shouldNeverBeSlowerWithAFasterPart() {
    final SplittableRandom random = new SplittableRandom(20);
    final String[][] parts = {
      {"cores[0].matrix.readout.read", "100 ns"},
      {"cores[0].matrix.readout.conversion", "5 ns"},
      {"cores[0].matrix.readout.columns_per_converter", "32"},
      {"cores[0].matrix.readout.latency", "5 ns"},
      {"cores[0].port.read", "128 B/cycle"},
      {"cores[0].port.write", "128 B/cycle"},
      {"cores[0].vector.lanes", "128"},
      {"cores[0].count", "80"},
      {"cores[0].matrix.arrays", "20"},
      {"cores[0].matrix.rows", "640"},
      {"cores[0].matrix.columns", "640"},
      {"cores[0].local.bandwidth", "2048 B/cycle"},
      {"shared.bandwidth", "2 TB/s"},
      {"shared.latency", "10 ns"}
    };
    final SystemDescription plain = system("analog-edge", Overrides.none());
    for (int trial = 0; trial < 200; trial++) {
      final int m = 1 + random.nextInt(40);
      final int n = 1 + random.nextInt(4000);
      final int k = 1 + random.nextInt(4000);
      final Operator op = MatMul.dense("gemm", m, n, k, Format.ANALOG);
      final String[] part = parts[trial % parts.length];
      final SystemDescription better =
          system("analog-edge", Overrides.none().with(part[0], part[1]));
      final int tile = 1 + random.nextInt(Math.min(m, 16));
      final Mapping mapping =
          Mapping.parse(
              op,
              tile + "x512x512 split " + ((k - 1) / 512 + 1) + " stages 2 raster 1 accumulators 2");
      final long before = picos(plain, op, mapping);
      final long after = picos(better, op, mapping);
      assertTrue(after <= before * 1.01, op + " " + part[0] + " " + before + " " + after);
    }
  }

  /** Searched anew, a faster part is never slower. */
  @Test
  void shouldNeverBeSlowerWithAFasterPartAfterSearch() {
    final SplittableRandom random = new SplittableRandom(21);
    final SystemDescription plain = system("analog-edge", Overrides.none());
    final SystemDescription better =
        system("analog-edge", Overrides.none().with("cores[0].matrix.readout.conversion", "6 ns"));
    for (int trial = 0; trial < 200; trial++) {
      final Operator op =
          MatMul.dense(
              "gemm",
              1 + random.nextInt(60),
              1 + random.nextInt(3000),
              1 + random.nextInt(3000),
              Format.ANALOG);
      final long before = simulator(plain).simulate(op).latencyPicos();
      final long after = simulator(better).simulate(op).latencyPicos();
      assertTrue(after <= before, op + " " + before + " " + after);
    }
  }

  @Test
  void shouldFoldEqualArraysWithinAHundredth() {
    final SplittableRandom random = new SplittableRandom(22);
    final SystemDescription edge = system("analog-edge", Overrides.none());
    for (int trial = 0; trial < 30; trial++) {
      final Operator op =
          MatMul.dense(
              "gemm",
              1 + random.nextInt(200),
              1 + random.nextInt(5000),
              1 + random.nextInt(5000),
              Format.ANALOG);
      final OperatorResult folded = simulator(edge).simulate(op);
      final var program = Mapper.lower(op, folded.choice(), edge.chip());
      final var full = Engine.run(program, edge.chip(), Detail.FULL);
      final var quick = Engine.run(program, edge.chip(), Detail.FOLDED);
      assertEquals(full.makespanPicos(), quick.makespanPicos(), 0.01 * full.makespanPicos());
      assertEquals(full.counters(), quick.counters());
    }
  }

  private static long picos(
      final SystemDescription system, final Operator op, final Mapping mapping) {
    return Engine.run(Mapper.lower(op, mapping, system.chip()), system.chip(), Detail.FOLDED)
        .makespanPicos();
  }
}
