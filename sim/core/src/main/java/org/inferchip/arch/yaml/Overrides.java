package org.inferchip.arch.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/**
 * Values set over a description by key path, from the command line or a sweep: {@code
 * memory.bandwidth=4 TB/s}, {@code cores[0].count=144}, {@code memory=null}. Values are YAML and
 * are checked as if they stood in the file. Immutable.
 */
public final class Overrides {
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_-]+(\\[\\d{1,9}])*(\\.[A-Za-z0-9_-]+(\\[\\d{1,9}])*)*");
  private static final Pattern STEP = Pattern.compile("([A-Za-z0-9_-]+)|\\[(\\d+)]");
  private static final Overrides NONE = new Overrides(List.of());

  private final List<One> all;

  private Overrides(final List<One> all) {
    this.all = List.copyOf(all);
  }

  /**
   * One override.
   *
   * @param path of keys
   * @param value YAML text
   * @param origin shown in messages in place of a file
   */
  record One(String path, String value, String origin) {
    /** The steps of the path: keys, and indices as digits in brackets. */
    List<String> steps() {
      final List<String> steps = new ArrayList<>();
      final Matcher matcher = STEP.matcher(path);
      while (matcher.find()) {
        steps.add(matcher.group());
      }
      return steps;
    }
  }

  /** No override. */
  public static Overrides none() {
    return NONE;
  }

  /**
   * Overrides of the command line.
   *
   * @param assignments each {@code key.path=value}
   * @throws InvalidInputException naming every one that is not of that form
   */
  public static Overrides parse(final List<String> assignments) {
    final Problems problems = new Problems();
    final List<One> all = new ArrayList<>();
    for (final String assignment : assignments) {
      final int equals = assignment.indexOf('=');
      final String path = equals < 0 ? assignment : assignment.substring(0, equals).trim();
      if (equals < 0 || !PATH.matcher(path).matches()) {
        problems.add(
            Problem.ofFile("command line", "an override is not of the form key.path=value")
                .but(assignment, "such as memory.bandwidth=\"4 TB/s\" or cores[0].count=144"));
      } else {
        all.add(new One(path, assignment.substring(equals + 1).trim(), "command line"));
      }
    }
    problems.throwIfAny();
    return new Overrides(all);
  }

  /** These overrides and one more, set after them. */
  public Overrides with(final String path, final String value) {
    final List<One> more = new ArrayList<>(all);
    more.addAll(parse(List.of(path + "=" + value)).all);
    return new Overrides(more);
  }

  /**
   * These overrides and one more, set after them.
   *
   * @param origin shown in messages in place of a file
   */
  public Overrides with(final String path, final String value, final String origin) {
    final List<One> more = new ArrayList<>(all);
    more.addAll(parse(List.of(path + "=" + value)).all);
    more.set(all.size(), new One(path, value, origin));
    return new Overrides(more);
  }

  /** Whether a text is spelled as a path of keys is. */
  public static boolean isPath(final String text) {
    return PATH.matcher(text).matches();
  }

  /** Whether nothing is overridden. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  List<One> all() {
    return all;
  }

  /** The same overrides below a key, where {@code below} says so of a path's first key. */
  Overrides prefixed(final java.util.function.Function<String, String> prefixOf) {
    return new Overrides(
        all.stream()
            .map(
                one ->
                    new One(
                        KeyPath.join(prefixOf.apply(one.steps().get(0)), one.path()),
                        one.value(),
                        one.origin()))
            .toList());
  }
}
