package org.inferchip.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.inferchip.simulation.StepCost;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServingLawsTest {
  static Trace randomTrace(final Random random) {
    final List<Request> requests = new ArrayList<>();
    final int count = 1 + random.nextInt(120);
    long nanos = 0;
    for (int i = 0; i < count; i++) {
      nanos += random.nextInt(4) == 0 ? 0 : random.nextInt(3_000_000);
      final boolean follows = i > 0 && random.nextInt(5) == 0;
      final List<String> waitFor = follows ? List.of("r" + random.nextInt(i)) : List.of();
      requests.add(
          Bench.request(
              i,
              follows && random.nextBoolean() ? Request.UNTIMED : nanos,
              1 + random.nextInt(random.nextBoolean() ? 40 : 400),
              1 + random.nextInt(60),
              waitFor,
              random.nextInt(2_000_000),
              random.nextInt(3) == 0 ? 1 + random.nextInt(70) : 0));
    }
    return Bench.trace(requests);
  }

  static ServingConfig randomConfig(final Random random) {
    final int depth = random.nextBoolean() ? 1 : 1 + random.nextInt(5);
    final boolean chunked = random.nextInt(4) > 0;
    final Policy policy =
        List.of(Policy.STATIC, Policy.PROMPTS_FIRST, Policy.VLLM, Policy.VLLM)
            .get(random.nextInt(4));
    return new ServingConfig(
        policy,
        1 + random.nextInt(300),
        1 + random.nextInt(30),
        1 + random.nextInt(32),
        71 + random.nextInt(60),
        450,
        chunked && random.nextBoolean() ? 1 + random.nextInt(100) : 0,
        chunked,
        random.nextBoolean(),
        policy != Policy.STATIC && random.nextBoolean() ? Prefixes.CACHED : Prefixes.OFF,
        depth,
        random.nextBoolean(),
        random.nextInt(5) == 0 ? 50 * Bench.MILLISECOND : Long.MAX_VALUE,
        policy != Policy.STATIC && random.nextBoolean()
            ? new Host(
                random.nextBoolean(),
                random.nextInt(3) * 700_000_000L,
                random.nextInt(3) * 20_000_000L,
                Optional.empty())
            : Host.NONE,
        Map.of(),
        policy != Policy.STATIC && random.nextBoolean() ? random.nextInt(300) : 0,
        random.nextInt(4) == 0
            ? Optional.of(new Drafts(1 + random.nextInt(3), random.nextDouble()))
            : Optional.empty());
  }

  private static StepCost randomCost(final Random random) {
    final StepCost whole = Bench.byWork();
    final int part = 1 + random.nextInt(4);
    return (batch, out) -> {
      whole.cost(batch, out);
      out.set(
          out.latencyPicos(),
          Math.max(1, out.latencyPicos() / part),
          out.prefillShare(),
          out.energy());
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void shouldKeepEveryLawWhateverTheConfiguration(final int block) {
    for (int seed = 100 * block; seed < 100 * block + 100; seed++) {
      final Random random = new Random(seed);
      final Trace trace = randomTrace(random);
      final ServingConfig config = randomConfig(random);
      final RunResult result = Bench.run(trace, config, randomCost(random));
      assertEquals(List.of(), result.violations(), "seed " + seed);
      final RequestCounts counts = result.counts();
      assertEquals(counts.requests(), counts.completed() + counts.rejected() + counts.unfinished());
      if (config.horizonPicos() == Long.MAX_VALUE) {
        assertEquals(0, counts.unfinished(), "seed " + seed);
      }
    }
  }

  @Test
  void shouldGiveTheSameResultTwice() {
    for (int seed = 0; seed < 20; seed++) {
      assertEquals(randomRun(seed), randomRun(seed));
    }
  }

  private static RunResult randomRun(final int seed) {
    final Random random = new Random(seed);
    return Bench.run(randomTrace(random), randomConfig(random), randomCost(random));
  }

  @Test
  void shouldGiveSchedulersNoSightOfOutputLengths() {
    final JavaClasses classes = new ClassFileImporter().importPackages("org.inferchip.serving");
    ArchRuleDefinition.noClasses()
        .that()
        .haveSimpleNameEndingWith("Scheduler")
        .or()
        .haveSimpleName("Sequences")
        .or()
        .haveSimpleName("Queues")
        .or()
        .haveSimpleName("KvBlocks")
        .or()
        .haveSimpleName("StepPlan")
        .should()
        .dependOnClassesThat()
        .haveSimpleName("RequestTable")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleName("Journal")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.inferchip.trace..")
        .check(classes);
  }

  @Test
  void shouldScheduleAlikeUntilAnOutputEnds() {
    // Equal arrivals and prompts, outputs that differ from the fourth token on.
    final List<String> shorter = new ArrayList<>();
    final List<String> longer = new ArrayList<>();
    final ServingConfig config = ServingConfig.vllm(64, 16, 30, 1000);
    Bench.run(
        Bench.trace(new int[] {0, 100, 4}, new int[] {0, 60, 4}, new int[] {1, 90, 4}),
        config,
        Bench.noting(Bench.everyStep(Bench.MILLISECOND), shorter));
    Bench.run(
        Bench.trace(new int[] {0, 100, 30}, new int[] {0, 60, 9}, new int[] {1, 90, 200}),
        config,
        Bench.noting(Bench.everyStep(Bench.MILLISECOND), longer));
    // The first request samples its fourth token in step 5; until then nobody can tell.
    assertEquals(shorter.subList(0, 5), longer.subList(0, 5));
    assertTrue(longer.size() > shorter.size());
  }

  @Test
  void shouldConservePrefillTokensWhateverTheBudget() {
    final Trace trace =
        Bench.trace(new int[] {0, 100, 4}, new int[] {0, 60, 4}, new int[] {1, 90, 4});
    for (int budget = 1; budget < 300; budget += 7) {
      final RunResult result =
          Bench.run(
              trace,
              ServingConfig.vllm(budget, 16, 1000, 1000),
              Bench.everyStep(Bench.MILLISECOND));
      assertEquals(250, result.occupancy().prefillTokens());
    }
  }

  @Test
  void shouldThinSamplesByStepNumberAlone() {
    final RunResult result =
        Bench.run(
            Bench.trace(new int[] {0, 5, 9000}),
            ServingConfig.vllm(64, 16, 1000, 10_000),
            Bench.everyStep(Bench.MILLISECOND));
    assertEquals(9000, result.occupancy().steps());
    assertEquals(2250, result.samples().size());
    for (int i = 0; i < result.samples().size(); i++) {
      assertEquals(4L * i * Bench.MILLISECOND, result.samples().get(i).picos());
    }
  }
}
