package org.inferchip.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * The lines of a text file and the digest of its bytes. UTF-8 only; CR LF and LF end a line, the
 * last line need not end.
 *
 * @param name file name for messages
 * @param sha256 digest, hexadecimal
 * @param byteOrderMark whether the file began with a UTF-8 byte order mark, which is not in the
 *     lines
 * @param lines the lines without their ends
 */
public record SourceText(String name, String sha256, boolean byteOrderMark, List<String> lines) {
  private static final int BYTE_MASK = 0xff;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /**
   * The text of a file.
   *
   * @throws InvalidInputException if it cannot be read, or is no text
   */
  public static SourceText read(final Path path) {
    final String name = path.toString();
    if (Files.isDirectory(path)) {
      throw bad(name, "is a directory, not a file of rows");
    }
    if (!Files.exists(path)) {
      throw bad(name, "no such file");
    }
    try {
      return of(name, Files.readAllBytes(path));
    } catch (final IOException e) {
      throw bad(name, "cannot be read: " + e.getMessage());
    }
  }

  static SourceText of(final String name, final byte[] bytes) {
    checkNotBinary(name, bytes);
    final String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (final CharacterCodingException e) {
      throw new InvalidInputException(
          Problem.atLine(name, lineOfBadByte(bytes), "is not UTF-8 text")
              .but("a byte sequence that is not UTF-8", "UTF-8"));
    }
    final boolean mark = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    final List<String> lines = split(text, mark ? 1 : 0);
    final int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new InvalidInputException(
          Problem.atLine(name, 1 + count(text, nul), "contains a NUL character, so it is no text"));
    }
    if (lines.stream().allMatch(String::isBlank)) {
      throw bad(name, "is empty");
    }
    return new SourceText(name, sha256(bytes), mark, lines);
  }

  private static void checkNotBinary(final String name, final byte[] bytes) {
    if (bytes.length < 2) {
      return;
    }
    final int head = (bytes[0] & BYTE_MASK) << Byte.SIZE | bytes[1] & BYTE_MASK;
    if (head == 0xfeff || head == 0xfffe || bytes[0] == 0 || bytes[1] == 0) {
      throw new InvalidInputException(
          Problem.atLine(name, 1, "wrong encoding").but("UTF-16", "UTF-8"));
    }
    if (head == 0x1f8b) {
      throw bad(name, "is compressed (gzip); decompress it first");
    }
  }

  private static List<String> split(final String text, final int from) {
    final List<String> lines = new ArrayList<>();
    int start = from;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        end = text.length();
      }
      final boolean carriageReturn = end > start && text.charAt(end - 1) == '\r';
      lines.add(text.substring(start, carriageReturn ? end - 1 : end));
      start = end + 1;
    }
    return List.copyOf(lines);
  }

  private static int lineOfBadByte(final byte[] bytes) {
    final ByteBuffer in = ByteBuffer.wrap(bytes);
    final java.nio.CharBuffer out = java.nio.CharBuffer.allocate(bytes.length + 1);
    StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    int line = 1;
    for (int i = 0; i < in.position(); i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return line;
  }

  private static int count(final String text, final int until) {
    return (int) text.substring(0, until).chars().filter(c -> c == '\n').count();
  }

  private static String sha256(final byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static InvalidInputException bad(final String name, final String message) {
    return new InvalidInputException(Problem.ofFile(name, message));
  }
}
