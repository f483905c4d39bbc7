package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.arithmetic.Execution;
import org.inferchip.arithmetic.MatrixRule;
import org.inferchip.arithmetic.OperatorCheck;
import org.inferchip.arithmetic.OperatorReport;
import org.inferchip.arithmetic.SyntheticTensors;
import org.inferchip.audit.Audit;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Collective.Kind;
import org.inferchip.program.ProgramLaws;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class CollectiveProgramTest {

  private static ProgramLaws check(final Collective op, final CollectiveMapping mapping) {
    return ProgramLaws.check(Mapper.lower(op, mapping, TestChips.gpu()));
  }

  static Stream<Arguments> cases() {
    return Stream.of(Kind.values())
        .flatMap(
            kind ->
                Stream.of(CollectiveAlgorithm.values())
                    .flatMap(
                        algorithm ->
                            Stream.of(2, 3, 5, 8).map(n -> Arguments.of(kind, algorithm, n))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldSendWhatTheAlgorithmSays(
      final Kind kind, final CollectiveAlgorithm algorithm, final int devices) {
    if (kind == Kind.SEND && devices != 2) {
      return;
    }
    final long bytes = 120L * devices * 2;
    final Collective op = new Collective("c", kind, 120L * devices, Format.BF16, devices);
    final ProgramLaws laws = check(op, new CollectiveMapping(algorithm, 3, 5));
    final long oneTrip = (devices - 1) * bytes;
    final long expected =
        switch (kind) {
          case ALL_REDUCE ->
              algorithm == CollectiveAlgorithm.ONE_SHOT ? devices * oneTrip : 2 * oneTrip;
          case ALL_GATHER, REDUCE_SCATTER, ALL_TO_ALL -> oneTrip;
          case SEND -> bytes;
        };
    assertEquals(expected, laws.sent);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldCutMessagesOfAnyLength(
      final Kind kind, final CollectiveAlgorithm algorithm, final int devices) {
    final boolean uneven = kind == Kind.ALL_REDUCE || kind == Kind.SEND && devices == 2;
    for (int length = devices; length < 40; length++) {
      if (uneven || length % devices == 0 && kind != Kind.SEND) {
        final Collective op = new Collective("c", kind, length, Format.FP32, devices);
        check(op, new CollectiveMapping(algorithm, 2, 3));
      }
    }
  }

  @Test
  void shouldReduceOneElementInOneShot() {
    final Collective op = new Collective("c", Kind.ALL_REDUCE, 1, Format.BF16, 8);
    assertEquals(
        8L * 7 * 2, check(op, new CollectiveMapping(CollectiveAlgorithm.ONE_SHOT, 4, 4)).sent);
    assertThrows(
        IllegalArgumentException.class,
        () -> check(op, new CollectiveMapping(CollectiveAlgorithm.RING, 4, 4)));
  }

  @ParameterizedTest
  @CsvSource({"2,4", "4,2", "3,3", "2,1", "1,4"})
  void shouldGoInLevelsInsideOfBoxesAndBetweenThem(final int boxes, final int box) {
    final int devices = boxes * box;
    for (final Format format : new Format[] {Format.BF16, Format.FP32}) {
      for (final Kind kind : new Kind[] {Kind.ALL_REDUCE, Kind.ALL_GATHER, Kind.REDUCE_SCATTER}) {
        for (final int each : new int[] {1, 7, 120}) {
          final Collective op = new Collective("c", kind, each * devices, format, devices);
          final CollectiveMapping way =
              new CollectiveMapping(
                  CollectiveAlgorithm.TWO_LEVEL, 3, 2, CollectiveMapping.BARE, 0, 0, box);
          final long trips = kind == Kind.ALL_REDUCE ? 2 : 1;
          assertEquals(
              trips * (devices - 1) * op.messageBytes(), check(op, way).sent, kind + " " + each);
          final TileProgram program = Mapper.lower(op, way, TestChips.gpu());
          final OperatorReport values =
              OperatorCheck.whole(
                  program,
                  SyntheticTensors.of(op, 3),
                  MatrixRule.of(TestChips.gpu().cores().get(0).matrix(), 1),
                  Execution.Order.ROUND_ROBIN);
          assertEquals("[]", values.faults().toString());
          assertTrue(values.relativeError() <= values.bound());
          assertEquals("[]", Audit.of(program, TestChips.gpu()).findings().toString());
        }
      }
    }
  }

  @Test
  void shouldSendNothingOnOneDevice() {
    for (final Kind kind : new Kind[] {Kind.ALL_REDUCE, Kind.ALL_GATHER, Kind.ALL_TO_ALL}) {
      final Collective op = new Collective("c", kind, 64, Format.BF16, 1);
      assertEquals(0, check(op, new CollectiveMapping(CollectiveAlgorithm.RING, 4, 4)).sent);
    }
  }
}
