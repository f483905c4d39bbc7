package org.inferchip.model;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Types;
import org.inferchip.units.Keyed;

/** Writes a model as the YAML file that reads back as the same model. */
public final class ModelYaml {
  private static final String INDENT = "  ";

  private ModelYaml() {}

  /** The file's text. */
  public static String text(final Model model) {
    final StringBuilder text = new StringBuilder();
    append(text, model, "");
    return text.toString();
  }

  /** Checks an imported model by the ranges and rules that files are checked by. */
  static void checkByReading(final Model model, final String display) {
    final Described<Model> described =
        Descriptions.here().readText(Models.KIND, display + " as imported", text(model));
    ModelRules.check(described);
  }

  private static void append(final StringBuilder text, final Record record, final String indent) {
    for (final Map.Entry<String, RecordComponent> one :
        Types.components(record.getClass()).entrySet()) {
      append(text, one.getKey(), value(record, one.getValue()), indent);
    }
  }

  private static void append(
      final StringBuilder text, final String key, final Object value, final String indent) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(present -> append(text, key, present, indent));
    } else if (value instanceof Record record) {
      text.append(indent).append(key).append(":\n");
      append(text, record, indent + INDENT);
    } else if (value instanceof Map<?, ?> map) {
      text.append(indent).append(key).append(":\n");
      map.forEach((name, below) -> append(text, name.toString(), below, indent + INDENT));
    } else if (value instanceof List<?> list) {
      final String items = list.stream().map(ModelYaml::scalar).collect(Collectors.joining(", "));
      text.append(indent).append(key).append(": [").append(items).append("]\n");
    } else {
      text.append(indent).append(key).append(": ").append(scalar(value)).append('\n');
    }
  }

  private static String scalar(final Object value) {
    if (value instanceof Enum<?> constant) {
      return Keyed.of(constant);
    }
    if (value instanceof String string) {
      final boolean plain = string.matches("[A-Za-z][A-Za-z0-9 ./_()-]*") && !isWord(string);
      return plain ? string.strip() : "'" + string.replace("'", "''") + "'";
    }
    return String.valueOf(value);
  }

  private static boolean isWord(final String text) {
    return List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf")
        .contains(text.toLowerCase(java.util.Locale.ROOT));
  }

  private static Object value(final Record record, final RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (final ReflectiveOperationException e) {
      throw new IllegalStateException("a record's accessor failed", e);
    }
  }
}
