package org.inferchip.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.inferchip.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReferenceDecoderTest {

  @ParameterizedTest
  @CsvSource({"'', 256, expected_greedy_256.txt", "The dog, 100, expected_greedy_the_dog_100.txt"})
  void shouldWriteTheTextOfTheIndependentImplementation(
      final String prompt, final int steps, final String expected) throws IOException {
    final Checkpoint model = Checkpoint.read(SharedData.file("golden/stories260k/stories260K.bin"));
    final Tokenizer tokenizer =
        Tokenizer.read(SharedData.file("golden/stories260k/tok512.bin"), model.vocabulary);
    final ReferenceDecoder decoder = new ReferenceDecoder(model);
    final List<Integer> tokens = tokenizer.encode(prompt);
    for (int position = 0; position < steps; position++) {
      final int next = decoder.next(tokens.get(position));
      if (position + 1 == tokens.size()) {
        tokens.add(next);
      }
    }
    final String text = tokenizer.decode(new ArrayList<>(tokens.subList(1, tokens.size())));
    final String golden = Files.readString(SharedData.file("golden/stories260k/" + expected));
    assertEquals(golden.stripTrailing(), text.stripTrailing());
  }
}
