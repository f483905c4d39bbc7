package org.inferchip.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/** What a reader has to say about a file: problems, dropped rows, notes. */
final class ReadLog {
  /** More problems than this are counted, not listed: one wrong column would list every row. */
  private static final int LISTED = 20;

  private final String file;
  private final Problems problems = new Problems();
  private long problemCount;
  private long rows;
  private final Map<String, Drop> drops = new LinkedHashMap<>();
  private final Map<String, Note> notes = new LinkedHashMap<>();

  ReadLog(final String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  /** Counts a row and gives its number, from 0. */
  long nextRow() {
    return rows++;
  }

  long rows() {
    return rows;
  }

  long problemCount() {
    return problemCount;
  }

  void problem(final Problem problem) {
    if (problemCount++ < LISTED) {
      problems.add(problem);
    }
  }

  void problem(
      final int line,
      final String key,
      final String message,
      final String found,
      final String expected) {
    problem(new Problem(file, line, 0, key, message, shorten(found), expected, ""));
  }

  void drop(final String reason, final int line) {
    drops.merge(
        reason,
        new Drop(reason, 1, line),
        (old, one) -> new Drop(reason, old.count() + 1, old.firstLine()));
  }

  /** Counts an oddity; the text of the first one stays. */
  void note(final String code, final String text) {
    note(code, 1, text);
  }

  void note(final String code, final long count, final String text) {
    notes.merge(
        code,
        new Note(code, count, text),
        (old, one) -> new Note(code, old.count() + count, old.text()));
  }

  List<Drop> drops() {
    return List.copyOf(drops.values());
  }

  List<Note> notes() {
    return List.copyOf(notes.values());
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidInputException if there was any problem
   */
  void throwIfAny() {
    if (problemCount > LISTED) {
      problems.add(
          Problem.ofFile(file, "and " + (problemCount - LISTED) + " more problems of this kind"));
    }
    problems.throwIfAny();
  }

  private static String shorten(final String text) {
    final int longest = 60;
    return text.length() <= longest ? text : text.substring(0, longest) + "...";
  }
}
