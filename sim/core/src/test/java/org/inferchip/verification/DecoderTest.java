package org.inferchip.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.SharedData;
import org.inferchip.arch.Chip;
import org.inferchip.arithmetic.MatrixRule;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.Mapping;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trained decoder through tilings of a test's choice. */
final class DecoderTest {
  private static final String FOLDER = "golden/stories260k/";

  @ParameterizedTest
  @CsvSource({
    "h100-sxm, 16x24x40 split 3, 16x32 heads 2 splits 4",
    "b200-sxm, 16x24x40 split 3, 16x32 heads 1 place 1",
    "tpu-v5e, 64x48x16, 16x13 heads 1 scores 1",
    "groq-lpu, 5x100x7 split 2, 8x64 heads 2 splits 2"
  })
  void shouldWriteTheGoldenTextThroughOddTilings(
      final String name, final String matMul, final String attention) throws IOException {
    final Checkpoint checkpoint =
        Checkpoint.read(SharedData.file("golden/stories260k/stories260K.bin"));
    final Tokenizer tokenizer =
        Tokenizer.read(SharedData.file("golden/stories260k/tok512.bin"), checkpoint.vocabulary);
    final Chip chip = RandomCases.chip(name);
    final Map<String, String> texts = new HashMap<>();
    texts.put("MatMul", matMul);
    texts.put("Attention", attention);
    final Decoder decoder =
        new Decoder(
            checkpoint,
            Format.FP32,
            operator -> Mapper.lower(operator, mapping(operator, texts), chip),
            (program, layer) -> MatrixRule.of(chip.cores().get(0).matrix(), layer));
    final List<Integer> tokens = tokenizer.encode("The dog");
    int next = decoder.next(tokens);
    tokens.add(next);
    while (tokens.size() <= 100) {
      next = decoder.next(List.of(next));
      tokens.add(next);
    }
    final String text = tokenizer.decode(new ArrayList<>(tokens.subList(1, tokens.size())));
    final String golden =
        Files.readString(SharedData.file(FOLDER + "expected_greedy_the_dog_100.txt"));
    assertEquals(golden.stripTrailing(), text.stripTrailing());
  }

  private static Mapping mapping(final Operator operator, final Map<String, String> texts) {
    if (operator instanceof MatMul) {
      return Mapping.parse(operator, texts.get("MatMul"));
    }
    return operator instanceof Attention
        ? Mapping.parse(operator, texts.get("Attention"))
        : Mapping.parse(operator, "2x24");
  }
}
