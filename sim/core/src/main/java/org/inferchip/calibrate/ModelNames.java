package org.inferchip.calibrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What model a table's name stands for where it is listed nowhere as it stands: whose repository it
 * is in, tuning, date of release and format of the weights make no other shape, and only letters
 * and digits count. Where names that are then the same stand for different models, none is taken.
 */
final class ModelNames {
  private static final Pattern VARIANT =
      Pattern.compile(
          "[-_.](instruct|chat|it|hf|base|thinking|\\d{4}|[bf]?fp\\d+|nvfp4|mxfp4|bf16|int\\d|awq"
              + "|gptq|w\\d+a\\d+|dynamic|quantized|block)$");

  private final Map<String, String> wide;

  /**
   * Names.
   *
   * @param aliases models by names of tables
   * @param described names of models
   */
  ModelNames(final Map<String, String> aliases, final List<String> described) {
    final Map<String, String> shapes = new LinkedHashMap<>();
    aliases.forEach((name, model) -> shapes.put(shape(name), model));
    described.forEach(name -> shapes.put(shape(name), name));
    wide = Spellings.widened(shapes);
  }

  Optional<String> find(final String name) {
    return Spellings.find(wide, shape(name));
  }

  private static String shape(final String name) {
    final String lower = name.toLowerCase(Locale.ROOT);
    String shape = lower.substring(lower.lastIndexOf('/') + 1).replaceFirst("^meta-", "");
    for (String before = ""; !before.equals(shape); ) {
      before = shape;
      shape = VARIANT.matcher(shape).replaceFirst("");
    }
    return shape;
  }
}
