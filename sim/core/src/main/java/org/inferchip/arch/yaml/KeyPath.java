package org.inferchip.arch.yaml;

/** Spells paths of keys: {@code memory.bandwidth}, {@code cores[0].count}. */
final class KeyPath {
  private KeyPath() {}

  static String child(final String path, final String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String item(final String path, final int index) {
    return path + "[" + index + "]";
  }

  /** The path that a source's {@code covers} names: {@code all} is the whole file. */
  static String ofCover(final String cover) {
    return cover.equals("all") ? "" : cover;
  }

  /** A path below another one. */
  static String join(final String above, final String below) {
    if (above.isEmpty() || below.isEmpty()) {
      return above + below;
    }
    return below.startsWith("[") ? above + below : above + "." + below;
  }

  /** Whether a path is another one or lies below it. */
  static boolean covers(final String above, final String path) {
    return path.startsWith(above)
        && (above.isEmpty()
            || path.length() == above.length()
            || path.charAt(above.length()) == '.'
            || path.charAt(above.length()) == '[');
  }
}
