package org.inferchip.verification;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * Byte-pair tokenizer in the format of llama2.c: int32 longest token, then for each token a float32
 * score, an int32 length and its bytes.
 *
 * <p>Encoding starts with the token of begin (1), puts a space before the text, splits it into
 * characters (into bytes, token 3 + byte, where a character is no token), and joins the
 * neighbouring pair with the best score (the first of equal ones) until no pair is a token.
 */
public final class Tokenizer {
  static final int BEGIN = 1;
  private static final int FIRST_BYTE = 3;

  private final byte[][] tokens;
  private final float[] scores;
  private final Map<String, Integer> ids = new HashMap<>();

  private Tokenizer(final byte[][] tokens, final float[] scores) {
    this.tokens = tokens;
    this.scores = scores;
    for (int i = tokens.length - 1; i >= 0; i--) {
      ids.put(key(tokens[i]), i);
    }
  }

  /** Bytes as a map's key, one to one. */
  private static String key(final byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * Reads a file.
   *
   * @param vocabulary tokens that it must have
   * @throws InvalidInputException if it is no such tokenizer
   */
  public static Tokenizer read(final Path path, final int vocabulary) {
    final String file = path.toString();
    final String expected = "a llama2.c tokenizer of " + vocabulary + " tokens";
    if (vocabulary < FIRST_BYTE + 256) {
      throw bad(file, "has no token for each byte", vocabulary + " tokens", "at least 259");
    }
    if (Files.isDirectory(path)) {
      throw bad(file, "cannot be read", "a folder", expected);
    }
    try {
      final ByteBuffer in =
          ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
      final int longest = in.getInt();
      final byte[][] tokens = new byte[vocabulary][];
      final float[] scores = new float[vocabulary];
      for (int i = 0; i < vocabulary; i++) {
        scores[i] = in.getFloat();
        final int length = in.getInt();
        if (length < 0 || length > longest || Float.isNaN(scores[i])) {
          throw bad(file, "token " + i + " is none", "length " + length, expected);
        }
        if (length > in.remaining()) {
          throw new BufferUnderflowException();
        }
        tokens[i] = new byte[length];
        in.get(tokens[i]);
      }
      if (in.hasRemaining()) {
        throw bad(file, "is too long", in.remaining() + " bytes more", expected);
      }
      return new Tokenizer(tokens, scores);
    } catch (final BufferUnderflowException e) {
      throw bad(file, "is too short", "its end", expected);
    } catch (final IOException e) {
      throw bad(
          file,
          "cannot be read",
          Files.exists(path) ? String.valueOf(e.getMessage()) : "no such file",
          expected);
    }
  }

  private static InvalidInputException bad(
      final String file, final String message, final String found, final String expected) {
    return new InvalidInputException(Problem.ofFile(file, message).but(found, expected));
  }

  /** The tokens of a text, the begin token first. */
  public List<Integer> encode(final String text) {
    final List<Integer> out = new ArrayList<>();
    out.add(BEGIN);
    if (!text.isEmpty()) {
      // The space is a token of its own first, and merges like any other.
      split(" " + text, out);
      merge(out);
    }
    return out;
  }

  private void split(final String text, final List<Integer> out) {
    text.codePoints()
        .forEach(
            character -> {
              final byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
              final Integer id = ids.get(key(bytes));
              if (id != null) {
                out.add(id);
              } else {
                for (final byte b : bytes) {
                  out.add(FIRST_BYTE + (b & 0xff));
                }
              }
            });
  }

  private void merge(final List<Integer> out) {
    while (true) {
      float best = Float.NEGATIVE_INFINITY;
      int at = -1;
      int into = -1;
      // The begin token, at 0, joins nothing.
      for (int i = 1; i + 1 < out.size(); i++) {
        final Integer id = ids.get(key(tokens[out.get(i)]) + key(tokens[out.get(i + 1)]));
        if (id != null && scores[id] > best) {
          best = scores[id];
          at = i;
          into = id;
        }
      }
      if (at < 0) {
        return;
      }
      out.set(at, into);
      out.remove(at + 1);
    }
  }

  /** The text of tokens that follow the begin token, up to the next begin token. */
  public String decode(final List<Integer> following) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    int before = BEGIN;
    for (final int token : following) {
      if (token == BEGIN) {
        break;
      }
      final byte[] piece = piece(before, token);
      out.write(piece, 0, piece.length);
      before = token;
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private byte[] piece(final int before, final int token) {
    final byte[] bytes = tokens[token];
    final String text = key(bytes);
    if (text.matches("<0x[0-9A-F]{2}>")) {
      return new byte[] {(byte) Integer.parseInt(text.substring(3, 5), 16)};
    }
    final boolean leading = before == BEGIN && bytes.length > 0 && bytes[0] == ' ';
    return leading ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }
}
