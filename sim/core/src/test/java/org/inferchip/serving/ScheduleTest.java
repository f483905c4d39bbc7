package org.inferchip.serving;

import static org.inferchip.serving.Bench.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.inferchip.simulation.StepCost;
import org.inferchip.trace.Trace;
import org.junit.jupiter.api.Test;

/** Schedules worked out by hand from vLLM V1's rules; every step takes one millisecond. */
class ScheduleTest {
  private final List<String> steps = new ArrayList<>();
  private final StepCost cost = Bench.noting(Bench.everyStep(MILLISECOND), steps);

  private static ServingConfig config(
      final int budget, final int sequences, final int blockTokens, final int blocks) {
    return with(Policy.VLLM, budget, sequences, blockTokens, blocks, true, 1, false);
  }

  private static ServingConfig with(
      final Policy policy,
      final int budget,
      final int sequences,
      final int blockTokens,
      final int blocks,
      final boolean wholePrompt,
      final int depth,
      final boolean spread) {
    return new ServingConfig(
        policy,
        budget,
        sequences,
        blockTokens,
        blocks,
        100_000,
        0,
        true,
        wholePrompt,
        Prefixes.OFF,
        depth,
        spread,
        Long.MAX_VALUE,
        Host.NONE,
        Map.of(),
        0,
        Optional.empty());
  }

  private RunResult run(final ServingConfig config, final int[]... rows) {
    final RunResult result = Bench.run(Bench.trace(rows), config, cost);
    assertEquals(List.of(), result.violations());
    return result;
  }

  @Test
  void shouldCutPromptsToTheTokenBudget() {
    final RunResult result = run(config(8, 10, 16, 100), new int[] {0, 20, 2}, new int[] {0, 3, 3});
    assertEquals(List.of("8@0", "8@8", "4@16! 3@0!", "d20 d3", "d4"), steps);
    assertEquals(3 * MILLISECOND, result.records().get(1).ttftPicos());
    assertEquals(2 * MILLISECOND, result.records().get(1).scheduledPicos());
    assertEquals(MILLISECOND, result.records().get(1).tpotPicos().orElseThrow());
    assertEquals(4 * MILLISECOND, result.records().get(0).e2ePicos());
  }

  @Test
  void shouldServeRunningRequestsBeforeWaitingOnes() {
    run(config(8, 10, 16, 100), new int[] {0, 4, 4}, new int[] {1, 20, 1});
    assertEquals(List.of("4@0!", "d4 7@0", "d5 7@7", "d6 6@14!"), steps);
  }

  @Test
  void shouldLimitOnePromptToTheThreshold() {
    final ServingConfig threshold =
        new ServingConfig(
            Policy.VLLM,
            10,
            10,
            16,
            100,
            1000,
            4,
            true,
            true,
            Prefixes.OFF,
            1,
            false,
            Long.MAX_VALUE,
            Host.NONE,
            Map.of(),
            0,
            Optional.empty());
    run(threshold, new int[] {0, 9, 1}, new int[] {0, 6, 1});
    assertEquals(List.of("4@0 4@0", "4@4 2@4!", "1@8!"), steps);
  }

  @Test
  void shouldNotRunMoreThanTheSlots() {
    run(config(100, 1, 16, 100), new int[] {0, 5, 2}, new int[] {0, 6, 1});
    assertEquals(List.of("5@0!", "d5", "6@0!"), steps);
  }

  @Test
  void shouldPreemptTheTailAndComputeItAgain() {
    final RunResult result = run(config(100, 10, 4, 4), new int[] {0, 7, 6}, new int[] {0, 7, 4});
    // Four blocks of four: at the ninth token of the first, the second loses its two blocks. It is
    // back when its nine known tokens fit, and ends two steps later.
    assertEquals(List.of("7@0! 7@0!", "d7 d7", "d8", "d9", "d10", "d11", "9@0!", "d9"), steps);
    assertEquals(1, result.occupancy().preemptions());
    assertEquals(8, result.occupancy().recomputedTokens());
    assertEquals(1, result.records().get(1).preemptions());
    assertEquals(0, result.records().get(0).preemptions());
    assertEquals(MILLISECOND, result.records().get(1).ttftPicos());
    assertEquals(8 * MILLISECOND, result.records().get(1).e2ePicos());
    assertEquals(5, result.latencies().itl().max());
    assertEquals(1.0, result.occupancy().peakKvUtilisation());
  }

  @Test
  void shouldCopyThePreemptedBehindDeviceMemoryAndBack() {
    final ServingConfig config = config(100, 10, 4, 4);
    final ServingConfig swaps = config.withSwapTokens(8);
    final RunResult result = run(swaps, new int[] {0, 7, 6}, new int[] {0, 7, 4});
    // As above, but its eight computed tokens come back, so that it goes on where it was.
    assertEquals(List.of("7@0! 7@0!", "d7 d7", "d8", "d9", "d10", "d11", "d8", "d9"), steps);
    assertEquals(1, result.occupancy().preemptions());
    assertEquals(0, result.occupancy().recomputedTokens());
    assertEquals(8, result.occupancy().swappedOutTokens());
    assertEquals(8, result.occupancy().swappedInTokens());
    assertEquals(8, result.occupancy().peakSwappedTokens());
    steps.clear();
    // Room for seven is none.
    final RunResult full = run(config.withSwapTokens(7), new int[] {0, 7, 6}, new int[] {0, 7, 4});
    assertEquals("9@0!", steps.get(6));
    assertEquals(0, full.occupancy().swappedOutTokens());
  }

  @Test
  void shouldAdmitNobodyInAStepThatPreempted() {
    // The third request would fit (one block) when the second is preempted in step 3, and must not
    // jump ahead: the second is at the head of waiting, and the step preempted.
    run(config(100, 10, 4, 4), new int[] {0, 7, 6}, new int[] {0, 7, 4}, new int[] {2, 1, 1});
    assertEquals("d8", steps.get(2));
    assertEquals("d9", steps.get(3));
    assertEquals("9@0! 1@0!", steps.get(6));
  }

  @Test
  void shouldHoldTheQueueBehindAHeadThatDoesNotFit() {
    run(config(100, 10, 4, 4), new int[] {0, 7, 2}, new int[] {0, 12, 1}, new int[] {0, 1, 1});
    assertEquals(List.of("7@0!", "d7", "12@0! 1@0!"), steps);
  }

  @Test
  void shouldAdmitAFirstChunkWhereWholePromptsAreNotAsked() {
    final ServingConfig chunk = with(Policy.VLLM, 8, 10, 4, 4, false, 1, false);
    run(chunk, new int[] {0, 4, 2}, new int[] {0, 12, 1});
    // 4 of 12 tokens fit the budget and the blocks; with whole-prompt admission they would wait.
    assertEquals("4@0! 4@0", steps.get(0));
    steps.clear();
    run(config(8, 10, 4, 3), new int[] {0, 4, 2}, new int[] {0, 11, 1});
    assertEquals(List.of("4@0!", "d4", "8@0", "3@8!"), steps);
  }

  @Test
  void shouldComputePromptsInStepsOfTheirOwnWhereStepsAreNotMixed() {
    final ServingConfig config = with(Policy.PROMPTS_FIRST, 8, 10, 16, 100, true, 1, false);
    run(config, new int[] {0, 4, 3}, new int[] {1, 12, 2}, new int[] {1, 3, 1});
    assertEquals(List.of("4@0!", "8@0", "4@8! 3@0!", "d4 d12", "d5"), steps);
  }

  @Test
  void shouldBatchStatically() {
    final ServingConfig config = with(Policy.STATIC, 100, 2, 4, 100, true, 1, false);
    run(config, new int[] {0, 5, 3}, new int[] {0, 6, 1}, new int[] {0, 7, 1});
    assertEquals(List.of("5@0! 6@0!", "d5", "d6", "7@0!"), steps);
  }

  @Test
  void shouldKeepAPipelineFullAndASequenceInOneStepAtATime() {
    final List<String> notes = new ArrayList<>();
    final ServingConfig config = with(Policy.VLLM, 100, 8, 16, 100, true, 2, true);
    final RunResult result =
        Bench.run(
            Bench.trace(new int[] {0, 5, 2}, new int[] {0, 6, 2}),
            config,
            Bench.noting(Bench.everyStep(10 * MILLISECOND, 5 * MILLISECOND), notes));
    assertEquals(List.of("5@0!", "6@0!", "d5", "d6"), notes);
    assertEquals(10 * MILLISECOND, result.records().get(0).ttftPicos());
    assertEquals(15 * MILLISECOND, result.records().get(1).ttftPicos());
    assertEquals(20 * MILLISECOND, result.records().get(0).e2ePicos());
    assertEquals(25 * MILLISECOND, result.records().get(1).e2ePicos());
    assertEquals(1.0, result.occupancy().busyShare());
    assertEquals(List.of(), result.violations());
  }

  @Test
  void shouldIdleBetweenRequests() {
    final RunResult result = run(config(100, 8, 16, 100), new int[] {3, 5, 1}, new int[] {9, 6, 2});
    assertEquals(8, result.rates().durationSeconds() * 1000, 1e-12);
    assertEquals(3.0 / 8, result.occupancy().busyShare());
    // One chip at 100 W for 8 ms, and 0.1 J a step; the idle part of a step's energy is not used.
    assertEquals(0.8 + 0.3, result.energy().chips().total(), 1e-12);
    assertEquals(0.8, result.energy().chips().idle(), 1e-12);
    assertEquals(3 / 1.1, result.energy().tokensPerJoule(), 1e-9);
  }

  @Test
  void shouldRejectWhatCanNeverFit() {
    final ServingConfig small =
        new ServingConfig(
            Policy.VLLM,
            50,
            4,
            16,
            4,
            70,
            0,
            false,
            true,
            Prefixes.OFF,
            1,
            false,
            Long.MAX_VALUE,
            Host.NONE,
            Map.of(),
            0,
            Optional.empty());
    final RunResult result =
        run(
            small,
            new int[] {0, 60, 11},
            new int[] {0, 60, 5},
            new int[] {0, 51, 1},
            new int[] {0, 45, 5});
    assertEquals(1, result.counts().completed());
    assertEquals(
        Map.of(
            Rejection.OVER_POSITIONS, 1L,
            Rejection.OVER_KV_CACHE, 1L,
            Rejection.OVER_STEP_BUDGET, 1L),
        result.counts().reasons());
    assertTrue(result.warnings().toString().contains("model's positions"));
  }

  @Test
  void shouldDispatchAfterDependenciesAndTheirDelay() {
    final Trace trace =
        Bench.trace(
            List.of(
                Bench.request(0, 0, 5, 2),
                Bench.request(1, -1, 9, 1, List.of("r0"), 4_000_000),
                Bench.request(2, 0, 5, 50),
                Bench.request(3, -1, 9, 1, List.of("r1"), 0)));
    final RunResult result = Bench.run(trace, config(20, 8, 16, 3), cost);
    assertEquals(List.of(), result.violations());
    assertEquals(6 * MILLISECOND, result.records().get(1).arrivalPicos());
    assertEquals(7 * MILLISECOND, result.records().get(3).arrivalPicos());
    assertEquals(Rejection.OVER_KV_CACHE, result.records().get(2).rejection().orElseThrow());
  }

  @Test
  void shouldRejectWhatFollowsARejectedRequest() {
    final Trace trace =
        Bench.trace(
            List.of(
                Bench.request(0, 0, 500, 2),
                Bench.request(1, -1, 9, 1, List.of("r0"), 0),
                Bench.request(2, -1, 9, 1, List.of("r1"), 0),
                Bench.request(3, 0, 9, 1)));
    final RunResult result = Bench.run(trace, config(20, 8, 16, 3), cost);
    assertEquals(List.of(), result.violations());
    assertEquals(2, result.counts().reasons().get(Rejection.FOLLOWS_REJECTED));
    assertEquals(1, result.counts().completed());
  }

  @Test
  void shouldLeaveRequestsUnfinishedAtTheHorizon() {
    final ServingConfig cut =
        new ServingConfig(
            Policy.VLLM,
            50,
            1,
            16,
            40,
            700,
            0,
            true,
            true,
            Prefixes.OFF,
            1,
            false,
            5 * MILLISECOND + 1,
            Host.NONE,
            Map.of(),
            0,
            Optional.empty());
    final RunResult result =
        run(
            cut,
            new int[] {0, 4, 3},
            new int[] {0, 4, 9},
            new int[] {0, 4, 9},
            new int[] {7, 4, 9});
    assertEquals(1, result.counts().completed());
    assertEquals(3, result.counts().unfinished());
    assertEquals(5, result.counts().outputTokens());
  }

  @Test
  void shouldComputeOnlyWhatTheCacheDoesNotHold() {
    final ServingConfig cached = config(100, 10, 4, 12).withPrefixes(Prefixes.CACHED);
    final Trace trace =
        Bench.trace(
            List.of(
                Bench.request(0, 0, 12, 2, List.of(), 0, 12),
                Bench.request(1, 0, 11, 2, List.of(), 0, 10),
                Bench.request(2, 0, 5, 1),
                Bench.request(3, 5_000_000, 12, 1, List.of(), 0, 12)));
    final RunResult result = Bench.run(trace, cached, cost);
    assertEquals(List.of(), result.violations());
    // Blocks are known as soon as they are scheduled, so the second request shares two of the
    // first's in the same step. A full hit computes its last block again.
    assertEquals(List.of("12@0! 3@8! 5@0!", "d12 d11", "4@8!"), steps);
    assertEquals(List.of(0, 8, 0, 8), cachedTokens(result));
    // Step 1: 3 blocks, 1 more and 2; step 2: 4 blocks and 1 more, the third has ended.
    assertEquals(6.0 / 12, result.occupancy().peakKvUtilisation());
    assertEquals(16, result.occupancy().cachedPromptTokens());
    assertEquals(16.0 / 40, result.occupancy().prefixHitRate());
  }

  @Test
  void shouldForgetTheLeastRecentlyUsedBlocksFromTheTail() {
    // Six blocks of four. The first prompt takes blocks 0-2, the second 3-5, the third (two blocks
    // of its own) those freed first: the first prompt's last two. Its first block is still there.
    final ServingConfig cached = config(100, 10, 4, 6).withPrefixes(Prefixes.CACHED);
    final Trace trace =
        Bench.trace(
            List.of(
                Bench.request(0, 0, 12, 1, List.of(), 0, 12),
                Bench.request(1, 2_000_000, 12, 1),
                Bench.request(2, 4_000_000, 8, 1),
                Bench.request(3, 6_000_000, 12, 1, List.of(), 0, 12)));
    final RunResult result = Bench.run(trace, cached, cost);
    assertEquals(List.of(), result.violations());
    assertEquals(List.of("12@0!", "12@0!", "8@0!", "8@4!"), steps);
  }

  @Test
  void shouldFindWhatSurvivesOfAPreemptedRequest() {
    // As in shouldPreemptTheTailAndComputeItAgain; the victim's first block (its last one is taken
    // first) is still known when it comes back with nine tokens.
    final ServingConfig cached = config(100, 10, 4, 4).withPrefixes(Prefixes.CACHED);
    final RunResult result = run(cached, new int[] {0, 7, 6}, new int[] {0, 7, 4});
    assertEquals(List.of("7@0! 7@0!", "d7 d7", "d8", "d9", "d10", "d11", "5@4!", "d9"), steps);
    assertEquals(4, result.occupancy().recomputedTokens());
  }

  @Test
  void shouldScheduleWhoComesInAStepAfterTheNextOneWhereStepsArePlannedAhead() {
    final Host ahead = new Host(true, 0);
    final int[][] rows = {{0, 4, 5}, {1, 8, 1}, {2, 3, 1}};
    // The second comes as the second step starts, which was planned when the first one started; the
    // third step knows of it, and the fourth of the third request.
    final RunResult result = run(config(100, 10, 16, 100).withHost(ahead), rows);
    assertEquals(List.of("4@0!", "d4", "d5 8@0!", "d6 3@0!", "d7"), steps);
    assertEquals(2 * MILLISECOND, result.records().get(1).ttftPicos());
    steps.clear();
    run(config(100, 10, 16, 100), rows);
    assertEquals(List.of("4@0!", "d4 8@0!", "d5 3@0!", "d6", "d7"), steps);
  }

  @Test
  void shouldDeliverFirstTokensWithTheStepAfterWhereThatHasPromptsToo() {
    final Host late = new Host(false, true, 0, 0, 0, Optional.empty());
    final int[][] rows = {{0, 5, 3}, {0, 5, 3}};
    final RunResult result = run(config(5, 10, 16, 100).withHost(late), rows);
    assertEquals(List.of("5@0!", "d5 4@0", "d6 1@4!"), steps.subList(0, 3));
    assertEquals(2 * MILLISECOND, result.records().get(0).ttftPicos());
    // The step after the third has no prompt.
    assertEquals(3 * MILLISECOND, result.records().get(1).ttftPicos());
    final RunResult prompt = run(config(5, 10, 16, 100), rows);
    assertEquals(MILLISECOND, prompt.records().get(0).ttftPicos());
    assertEquals(prompt.records().get(0).e2ePicos(), result.records().get(0).e2ePicos());
  }

  @Test
  void shouldHoldPromptsForSomeStepsUnlessTheyFillTheBudget() {
    final ServingConfig held = holding(new Hold(3, Optional.of(0.5), false));
    // The second comes at the second step, which would have 4 of 20 tokens with it.
    run(held, new int[] {0, 4, 8}, new int[] {1, 3, 1});
    assertEquals(List.of("4@0!", "d4", "d5", "d6", "d7 3@0!", "d8", "d9", "d10"), steps);
    steps.clear();
    run(held, new int[] {0, 4, 4}, new int[] {1, 9, 1});
    assertEquals(List.of("4@0!", "d4 9@0!", "d5", "d6"), steps);
  }

  @Test
  void shouldLookForRequestsEverySomeStepsAndAfterPrompts() {
    final ServingConfig held = holding(new Hold(3, Optional.empty(), true));
    run(held, new int[] {0, 4, 8}, new int[] {2, 3, 1}, new int[] {5, 2, 1});
    assertEquals(List.of("4@0!", "d4", "d5", "d6", "d7 3@0!", "d8 2@0!", "d9", "d10"), steps);
  }

  @Test
  void shouldHoldPromptsUntilEachRankHasOne() {
    final ServingConfig held = holding(new Hold(50, Optional.empty(), true, 2, 1));
    // Both ranks have somebody; the third comes before the fourth, and two wait a step more.
    run(held, new int[] {0, 4, 9}, new int[] {0, 4, 9}, new int[] {2, 3, 1}, new int[] {3, 2, 1});
    assertEquals(
        List.of("4@0! 4@0!", "d4 d4", "d5 d5", "d6 d6", "d7 d7 3@0! 2@0!"), steps.subList(0, 5));
    steps.clear();
    // Where no further steps are asked for, two are let in as soon as they wait.
    final ServingConfig brief = holding(new Hold(3, Optional.empty(), true, 2, 0));
    run(brief, new int[] {0, 4, 9}, new int[] {0, 4, 2}, new int[] {1, 3, 2}, new int[] {2, 2, 1});
    assertEquals(List.of("4@0! 4@0!", "d4 d4", "d5 3@0! 2@0!", "d6 d3"), steps.subList(0, 4));
  }

  @Test
  void shouldLetHeldRequestsInAStepLaterWhereStepsArePlannedAhead() {
    final Hold none = new Hold(1, Optional.of(0.05), false);
    final ServingConfig ahead =
        config(20, 10, 16, 100).withHost(new Host(true, 0).with(Optional.of(none)));
    // The second comes as the second step starts, which was planned before; the third has it.
    run(ahead, new int[] {0, 4, 4}, new int[] {1, 3, 1});
    assertEquals(List.of("4@0!", "d4", "d5 3@0!", "d6"), steps);
  }

  @Test
  void shouldTokenizePromptsOneAfterTheOther() {
    final Host front = new Host(false, 2 * MILLISECOND, MILLISECOND, Optional.empty());
    final RunResult result =
        run(
            config(100, 10, 16, 100).withHost(front),
            new int[] {0, 4, 1},
            new int[] {0, 3, 1},
            new int[] {20, 5, 1});
    // 4 ms for the first prompt, then 3 for the second; 2 for each beside that, and its step.
    assertEquals(
        List.of(6 * MILLISECOND, 9 * MILLISECOND, 27 * MILLISECOND),
        result.records().stream().map(RequestRecord::scheduledPicos).toList());
    assertEquals(7 * MILLISECOND, result.records().get(0).ttftPicos());
    assertEquals(8 * MILLISECOND, result.records().get(2).ttftPicos());
    assertEquals(List.of(), result.violations());
  }

  @Test
  void shouldDeliverConfirmedDraftsWithTheTokenOfTheStep() {
    final ServingConfig sure = drafting(new Drafts(3, 1));
    final RunResult all = run(sure, new int[] {0, 4, 10});
    // One token after the prompt, then four a step, of which the last step keeps one.
    assertEquals(List.of("4@0!", "d4", "d8", "d12"), steps);
    assertEquals(4 * MILLISECOND, all.records().get(0).e2ePicos());
    assertEquals(List.of(), all.violations());
    steps.clear();
    run(drafting(new Drafts(3, 0)), new int[] {0, 4, 4});
    assertEquals(List.of("4@0!", "d4", "d5", "d6"), steps);
  }

  @Test
  void shouldConfirmDraftsAsOftenAsStepsAreSaidToDeliver() {
    assertEquals(2.5, Drafts.delivering(3, 2.5).delivered(), 1e-9);
    assertEquals(0.6, Drafts.delivering(1, 1.6).chance(), 1e-9);
    final Random random = new Random(3);
    final Drafts drafts = Drafts.delivering(3, 2.5);
    final double mean =
        IntStream.range(0, 20_000).map(i -> drafts.confirmed(random)).average().orElseThrow();
    assertEquals(1.5, mean, 0.03);
    assertThrows(IllegalArgumentException.class, () -> Drafts.delivering(3, 4.1));
  }

  private ServingConfig drafting(final Drafts drafts) {
    return new ServingConfig.Builder(100, 10, 16, 100).drafts(Optional.of(drafts)).build();
  }

  private ServingConfig holding(final Hold hold) {
    return config(20, 10, 16, 100).withHost(Host.NONE.with(Optional.of(hold)));
  }

  @Test
  void shouldAddTheFrontEndToTheTimeToFirstToken() {
    final Host front = new Host(false, 3 * MILLISECOND);
    final RunResult result =
        run(config(100, 10, 16, 100).withHost(front), new int[] {0, 4, 3}, new int[] {9, 4, 3});
    assertEquals(4 * MILLISECOND, result.records().get(0).ttftPicos());
    assertEquals(3 * MILLISECOND, result.records().get(0).scheduledPicos());
    assertEquals(4 * MILLISECOND, result.records().get(1).ttftPicos());
    assertEquals(MILLISECOND, result.records().get(1).tpotPicos().orElseThrow());
    assertEquals(0.015, result.rates().durationSeconds());
  }

  private static List<Integer> cachedTokens(final RunResult result) {
    return result.records().stream().map(RequestRecord::cachedTokens).toList();
  }
}
