package org.inferchip.lowering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.inferchip.model.ExpertGroups;
import org.inferchip.numerics.CounterGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A race whose every arrival is computed and sorted, against the one that computes few. */
final class RaceTest {
  private static final int TENSOR = 7;

  private static double[] arrivals(
      final CounterGenerator generator, final double[] weights, final int token) {
    return IntStream.range(0, weights.length)
        .mapToDouble(e -> -Math.log(generator.uniform(TENSOR, token, e) + 0x1p-26) / weights[e])
        .toArray();
  }

  /** Sum of the two best scores 1 / (1 + arrival) of a group. */
  private static double score(final double[] arrivals, final int group, final int size) {
    return Arrays.stream(arrivals, group * size, (group + 1) * size)
        .map(arrival -> 1 / (1 + arrival))
        .boxed()
        .sorted(Comparator.reverseOrder())
        .limit(2)
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  @ParameterizedTest(name = "{0} experts, {1} a token, {3} of {2} groups, skew {4}")
  @CsvSource({
    "8, 2, 1, 1, 0.5",
    "33, 4, 1, 1, 1.2",
    "256, 8, 8, 4, 0.8",
    "32, 3, 8, 2, 2",
    "6, 1, 6, 1, 1"
  })
  void shouldChooseThoseThatComeFirst(
      final int experts, final int count, final int groups, final int open, final double skew) {
    final CounterGenerator generator = new CounterGenerator(3);
    final double[] weights = Popularity.weights(experts, skew);
    final Race race = new Race(generator, TENSOR, weights);
    final int size = experts / groups;
    for (int token = 0; token < 500; token++) {
      final double[] arrivals = arrivals(generator, weights, token);
      final int[] best =
          IntStream.range(0, groups)
              .boxed()
              .sorted(Comparator.comparingDouble(group -> -score(arrivals, group, size)))
              .limit(open)
              .mapToInt(Integer::intValue)
              .toArray();
      final int[] expected =
          IntStream.range(0, experts)
              .filter(e -> Arrays.stream(best).anyMatch(group -> group == e / size))
              .boxed()
              .sorted(Comparator.comparingDouble(e -> arrivals[e]))
              .limit(count)
              .mapToInt(Integer::intValue)
              .toArray();
      assertArrayEquals(expected, race.first(token, count, new ExpertGroups(groups, open)));
    }
  }
}
