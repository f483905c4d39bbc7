package org.inferchip.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.stream.Stream;
import org.inferchip.SharedData;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.numerics.Format;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A trained decoder on real systems, each with the tilings that its own search chose. */
final class GeneratorTest {

  private static Generator generator(final String system, final Format format) {
    final SystemDescription described =
        Descriptions.here().system(system, Optional.empty(), Overrides.none()).value();
    final Checkpoint checkpoint =
        Checkpoint.read(SharedData.file("golden/stories260k/stories260K.bin"));
    final Tokenizer tokenizer =
        Tokenizer.read(SharedData.file("golden/stories260k/tok512.bin"), checkpoint.vocabulary());
    return new Generator(checkpoint, tokenizer, described, format, Detail.FOLDED);
  }

  @ParameterizedTest
  @CsvSource({"h100-sxm", "tpu-v5e", "groq-lpu"})
  void shouldReproduceTheGoldenTexts(final String system) throws IOException {
    final Generator generator = generator(system, Format.FP32);
    final Generation story = generator.generate("", 256, count -> {});
    final Generation dog = generator.generate("The dog", 100, count -> {});
    assertEquals(golden("expected_greedy_256.txt"), story.text().stripTrailing());
    assertEquals(golden("expected_greedy_the_dog_100.txt"), dog.text().stripTrailing());
    assertEquals(1.0, story.agreement());
    assertEquals(1.0, dog.agreement());
    assertEquals(256, story.steps());
    assertTrue(dog.firstPicos() > 0 && dog.firstPicos() < dog.latencyPicos());
    System.out.printf(
        "%s: 256 tokens in %.1f us, 100 in %.1f us%n",
        system, story.latencyPicos() * 1e-6, dog.latencyPicos() * 1e-6);
  }

  static Stream<String> chips() {
    return Descriptions.here().catalog().names(Kind.CHIP.folder(), Catalog.YAML).stream();
  }

  /** Every chip computes the text, but for those whose description has no rate for fp32. */
  @ParameterizedTest
  @Tag("long")
  @MethodSource("chips")
  void shouldBeginTheGoldenTextOnEveryChipOfTheCatalogue(final String chip) throws IOException {
    final String expected = golden("expected_greedy_256.txt");
    final boolean computes =
        Descriptions.here().chip(chip).value().cores().stream()
            .anyMatch(cores -> cores.matrix().macsPerCycle().containsKey(Format.FP32));
    if (!computes) {
      final InvalidInputException refused =
          assertThrows(InvalidInputException.class, () -> generator(chip, Format.FP32));
      assertTrue(refused.getMessage().contains("fp32"), refused.getMessage());
      return;
    }
    final Generation story = generator(chip, Format.FP32).generate("", 24, count -> {});
    assertTrue(expected.startsWith(story.text().stripTrailing()), story.text());
    assertTrue(story.text().length() > 60, story.text());
    assertEquals(1.0, story.agreement());
  }

  private static String golden(final String name) throws IOException {
    return Files.readString(SharedData.file("golden/stories260k/" + name)).stripTrailing();
  }

  @Test
  void shouldRefuseFormatsWithoutARate() {
    SharedData.file("golden/stories260k/stories260K.bin"); // without it the test is skipped
    final InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> generator("groq-lpu", Format.BF16));
    assertTrue(refused.getMessage().contains("expected fp16, fp32"), refused.getMessage());
  }

  @Test
  void shouldRefuseMorePositionsThanTheModelHas() {
    final Generator generator = generator("h100-sxm", Format.FP32);
    assertThrows(InvalidInputException.class, () -> generator.generate("", 513, count -> {}));
    assertThrows(InvalidInputException.class, () -> generator.generate("The dog", 1, count -> {}));
  }
}
