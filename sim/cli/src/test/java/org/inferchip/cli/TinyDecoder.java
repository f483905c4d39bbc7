package org.inferchip.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** A decoder of one layer with random weights, in the files of llama2.c. */
final class TinyDecoder {
  static final int VOCABULARY = 262;
  static final int POSITIONS = 16;
  private static final int DIM = 8;
  private static final int HIDDEN = 12;
  private static final int HEADS = 2;
  private static final int KV_HEADS = 1;
  private static final int HEADER = 7 * 4;

  private TinyDecoder() {}

  static byte[] weights() {
    final int kv = DIM / HEADS * KV_HEADS;
    final int layer = 2 * DIM + 2 * DIM * DIM + 2 * DIM * kv + 3 * DIM * HIDDEN;
    final int floats = VOCABULARY * DIM + layer + DIM + POSITIONS * (DIM / HEADS);
    final ByteBuffer out = buffer(HEADER + 4 * floats);
    for (final int number : new int[] {DIM, HIDDEN, 1, HEADS, KV_HEADS, VOCABULARY, POSITIONS}) {
      out.putInt(number);
    }
    final Random random = new Random(1);
    for (int i = 0; i < floats; i++) {
      out.putFloat((float) random.nextGaussian());
    }
    return out.array();
  }

  /** The weights with one number of the header replaced. */
  static byte[] withHeader(final int index, final int value) {
    final byte[] bytes = weights();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(4 * index, value);
    return bytes;
  }

  /** The weights with a weight that is no number. */
  static byte[] withNan() {
    final byte[] bytes = weights();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(HEADER + 400, Float.NaN);
    return bytes;
  }

  static byte[] tokenizer() {
    final ByteBuffer out = buffer(1 << 16).putInt(8);
    for (int i = 0; i < VOCABULARY; i++) {
      final String token =
          switch (i) {
            case 0 -> "<unk>";
            case 1 -> "\n<s>\n";
            case 2 -> "\n</s>\n";
            case 259 -> " ";
            case 260 -> "a";
            case 261 -> " a";
            default -> String.format(Locale.ROOT, "<0x%02X>", i - 3);
          };
      out.putFloat(-i).putInt(token.length()).put(token.getBytes(StandardCharsets.UTF_8));
    }
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  static byte[] shortened(final byte[] bytes, final int by) {
    return java.util.Arrays.copyOf(bytes, bytes.length - by);
  }

  private static ByteBuffer buffer(final int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
