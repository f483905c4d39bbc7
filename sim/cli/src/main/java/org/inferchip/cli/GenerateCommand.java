package org.inferchip.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.inferchip.arch.SystemDescription;
import org.inferchip.numerics.Format;
import org.inferchip.units.Problems;
import org.inferchip.verification.Checkpoint;
import org.inferchip.verification.Generation;
import org.inferchip.verification.Generator;
import org.inferchip.verification.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code generate}: a real decoder through the tile programs of a system. */
@Command(
    name = "generate",
    description = {
      "Runs a real decoder through the tile programs of one chip of a system.",
      "Decodes a llama2.c checkpoint greedily; prints the text and the time that it would take."
    },
    footer =
        "  inferchip generate --system groq-lpu --weights W.bin --tokenizer T.bin --tokens 100")
final class GenerateCommand extends BaseCommand {
  @Option(
      names = "--system",
      paramLabel = "S",
      required = true,
      description = "System or chip, by name or path.")
  private String system;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "Checkpoint in llama2.c's legacy float32 format.")
  private Path weights;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      required = true,
      description = "Tokenizer in llama2.c's format.")
  private Path tokenizer;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What the text starts with (default: nothing).")
  private String prompt;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      required = true,
      description = "Tokens of the text, those of the prompt included, as llama2.c counts steps.")
  private Integer tokens;

  @Option(
      names = "--format",
      paramLabel = "F",
      description = "fp32, bf16 or fp16, where the chip has a rate for it (default: fp32).")
  private String format = "fp32";

  @Mixin private SystemOptions options;

  private SystemDescription machine;
  private Checkpoint checkpoint;
  private Tokenizer words;

  @Override
  protected void check(final Problems problems) {
    PlanOptions.positive(problems, "--tokens", tokens);
    PlanOptions.parse(format, problems);
    options
        .mappings()
        .forEach(
            (operator, mapping) ->
                problems.add(
                    Checks.at(
                        "--map", "mappings of a decoder are searched", operator, "no --map")));
    problems.read(() -> options.read(system)).ifPresent(read -> machine = read.value());
    problems.read(() -> Checkpoint.read(weights)).ifPresent(read -> checkpoint = read);
    if (checkpoint != null) {
      final int size = checkpoint.vocabulary();
      problems.read(() -> Tokenizer.read(tokenizer, size)).ifPresent(read -> words = read);
    }
  }

  @Override
  protected int run() {
    final Format wanted = PlanOptions.parse(format, new Problems()).orElseThrow();
    final Generator generator = new Generator(checkpoint, words, machine, wanted, options.detail());
    final Generation generation;
    try (Progress bar = progress("tokens", tokens)) {
      generation = generator.generate(prompt, tokens, bar.part());
    }
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("text", generation.text());
    json.put("tokens", generation.tokens());
    json.put("generated", generation.generated());
    json.put("reference_agreement", generation.agreement());
    json.put("latency_us", generation.latencyPicos() * 1e-6);
    json.put("first_token_us", generation.firstPicos() * 1e-6);
    json.put("steps", generation.steps());
    json.put("format", wanted.key());
    result(
        json,
        generation.text(),
        String.format(
            Locale.ROOT,
            "%d tokens in %s us, the first after %s us; a float64 decoder chooses %s %% of them",
            generation.generated(),
            Table.number(generation.latencyPicos() * 1e-6),
            Table.number(generation.firstPicos() * 1e-6),
            Table.number(100 * generation.agreement())));
    return ExitCode.DONE;
  }
}
