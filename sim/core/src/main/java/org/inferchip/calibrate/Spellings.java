package org.inferchip.calibrate;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what a name stands for in spite of how it is written. A spelling that is listed counts as
 * it stands; of any other only letters and digits do, whatever their case, and makers' words in
 * front do not ({@code NVIDIA GeForce RTX 4090} is {@code rtx_4090}). Where listed spellings that
 * are then the same stand for different things, none is taken: that would be a guess.
 */
final class Spellings {
  private static final Pattern SIGNS = Pattern.compile("\\((r|tm)\\)|[^a-z0-9]+");
  private static final Pattern MAKER =
      Pattern.compile("^((nvidia|geforce|tesla|amd|instinct|intel|google) )+");

  private Spellings() {}

  /** What is listed, and what it is loosely spelt, to be looked up by {@link #find}. */
  static Map<String, String> widened(final Map<String, String> listed) {
    final Map<String, String> wide = new LinkedHashMap<>();
    final Set<String> unclear = new HashSet<>();
    listed.forEach(
        (spelling, meant) -> {
          final String other = wide.put(loose(spelling), meant);
          if (other != null && !other.equals(meant)) {
            unclear.add(loose(spelling));
          }
        });
    wide.keySet().removeAll(unclear);
    wide.putAll(listed);
    return wide;
  }

  /** What a spelling stands for. */
  static Optional<String> find(final Map<String, String> wide, final String spelling) {
    return Optional.ofNullable(wide.get(spelling))
        .or(() -> Optional.ofNullable(wide.get(loose(spelling))));
  }

  /** The sign in front sets it apart from spellings that are listed. */
  private static String loose(final String spelling) {
    final String words = SIGNS.matcher(spelling.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    return "~" + MAKER.matcher(words).replaceFirst("").replace(" ", "");
  }
}
