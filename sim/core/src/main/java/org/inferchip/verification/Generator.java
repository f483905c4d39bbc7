package org.inferchip.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arithmetic.MatrixRule;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.mapping.Mapping;
import org.inferchip.numerics.Format;
import org.inferchip.program.TileProgram;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Plan;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Picoseconds;
import org.inferchip.units.Problem;

/**
 * Greedy text generation with a real decoder on one chip of a system: every operator is mapped by
 * the system's own search, its program is executed on values, and its simulated time is added up.
 *
 * <p>Time = sum over steps of (host time of the stack + sum over operators (device time + launch)).
 * Prompts are one step; one step follows for each token. Sums are fp32. A format without a rate in
 * the chip's description is refused; one that the chip emulates has its rate there, and is computed
 * here as if it were native (splitting fp32 into narrower passes is not imitated).
 */
public final class Generator {
  private final Checkpoint checkpoint;
  private final Tokenizer tokenizer;
  private final Format format;
  private final Stack.Step host;
  private final MatrixUnit unit;
  private final OperatorSimulator operators;

  /**
   * A generator.
   *
   * @param system its chip computes; its stack maps and launches
   * @param format of weights, activations and cache: fp32, bf16, fp16; or analog weights with bf16
   * @throws InvalidInputException if the chip has no rate for the format
   */
  public Generator(
      final Checkpoint checkpoint,
      final Tokenizer tokenizer,
      final SystemDescription system,
      final Format format,
      final Detail detail) {
    this.checkpoint = checkpoint;
    this.tokenizer = tokenizer;
    this.format = format;
    host = system.stack().step();
    unit = Plan.unit(system.chip());
    final Map<String, Mapping> searched = Map.of();
    operators = new OperatorSimulator(system.chip(), system.stack(), detail, searched);
    if (!computes(format) || !unit.macsPerCycle().containsKey(format)) {
      throw refused(
          "--format",
          computes(format)
              ? lacks(system.chip().name())
              : "generation is in a format of 16 bits or more",
          format.key(),
          String.join(
              ", ",
              unit.macsPerCycle().keySet().stream()
                  .filter(Generator::computes)
                  .map(f -> f.key().toLowerCase(Locale.ROOT))
                  .sorted()
                  .toList()));
    }
  }

  private static boolean computes(final Format format) {
    return format == Format.FP32
        || format == Format.BF16
        || format == Format.FP16
        || format == Format.ANALOG;
  }

  private String lacks(final String chip) {
    return unit instanceof MatrixUnit.Analog
        ? "the arrays of "
            + chip
            + " are analog and not set to emulate this format (matrix.emulates)"
        : "the matrix unit of " + chip + " has no rate for this format";
  }

  private static InvalidInputException refused(
      final String option, final String message, final String found, final String expected) {
    return new InvalidInputException(
        new Problem("command line", 0, 0, option, message, found, expected, ""));
  }

  /**
   * Writes a text.
   *
   * @param prompt may be empty
   * @param positions tokens of prompt and continuation together, as llama2.c counts steps; it ends
   *     before where the decoder begins another text
   * @param progress told the tokens so far
   * @throws InvalidInputException if the prompt or the model has fewer positions than needed
   */
  public Generation generate(
      final String prompt, final int positions, final LongConsumer progress) {
    final List<Integer> tokens = tokenizer.encode(prompt);
    final int given = tokens.size();
    if (positions < given || positions > checkpoint.positions) {
      throw refused(
          "--tokens",
          "the decoder has as many positions as its checkpoint says, and the prompt takes some",
          Integer.toString(positions),
          given + " to " + checkpoint.positions);
    }
    final Decoder decoder = new Decoder(checkpoint, format, operators::program, this::rule);
    long first = 0;
    long latency = 0;
    int steps = 0;
    while (tokens.size() <= positions && (steps == 0 || last(tokens) != Tokenizer.BEGIN)) {
      final List<Integer> taken = steps == 0 ? List.copyOf(tokens) : List.of(last(tokens));
      latency += picos(decoder.lower(taken.size()), taken.size());
      first = steps == 0 ? latency : first;
      tokens.add(decoder.next(taken));
      steps++;
      progress.accept(tokens.size() - 1);
    }
    final List<Integer> following = new ArrayList<>(tokens.subList(1, tokens.size()));
    return new Generation(
        tokenizer.decode(following),
        following,
        tokens.size() - given,
        agreement(tokens, given),
        steps,
        first,
        latency);
  }

  /** Errors of analog cells are those of the layer. */
  private MatrixRule rule(final TileProgram program, final int layer) {
    final int group = program.placement().coreGroup(0);
    return MatrixRule.of(operators.chip().cores().get(group).matrix(), layer);
  }

  private static int last(final List<Integer> tokens) {
    return tokens.get(tokens.size() - 1);
  }

  private long picos(final LoweredStep step, final int tokens) {
    final long[] sum = new long[1];
    step.forEach(
        (operator, count) -> sum[0] += count * operators.simulate(operator).latencyPicos());
    final double seconds = host.fixed() + host.perRequest() + host.perToken() * tokens;
    return sum[0] + Picoseconds.of(seconds);
  }

  private double agreement(final List<Integer> tokens, final int given) {
    final ReferenceDecoder reference = new ReferenceDecoder(checkpoint);
    int agreed = 0;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      final int next = reference.next(tokens.get(i));
      agreed += i + 1 >= given && next == tokens.get(i + 1) ? 1 : 0;
    }
    return tokens.size() == given ? 1 : (double) agreed / (tokens.size() - given);
  }
}
