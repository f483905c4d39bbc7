package org.inferchip.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The one JSON form of results: components of records in their declared order under snake_case
 * names ({@code usdPerHour} becomes {@code usd_per_hour}), maps in their own order, two spaces of
 * indent, {@code \n} line ends, and only finite numbers.
 *
 * <p>Doubles are written as the shortest decimal that reads back as the same double, by Jackson's
 * own writer: {@link Double#toString} gives other digits on JDK 17 than on 19 and later
 * (JDK-4511638), and a result must have the same bytes on both.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private static final ObjectWriter WRITER = MAPPER.writer(printer());

  private Json() {}

  /**
   * A value as JSON text with a line end.
   *
   * @param value records, maps, lists, strings, numbers, booleans
   * @throws IllegalArgumentException if a number is not finite or the value has no JSON form
   */
  public static String text(final Object value) {
    final StringWriter text = new StringWriter();
    try (JsonGenerator generator = new FiniteGenerator(WRITER.createGenerator(text))) {
      WRITER.writeValue(generator, value);
    } catch (final JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON form: " + e.getOriginalMessage(), e);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  /** A value as the tree that its JSON text is read back as. */
  static ObjectNode tree(final Map<String, Object> value) {
    try {
      return (ObjectNode) MAPPER.readTree(text(value));
    } catch (final JsonProcessingException e) {
      throw new IllegalStateException("our own JSON cannot be read", e);
    }
  }

  /**
   * A number as in the JSON, for CSV files: the same shortest decimal on every JDK.
   *
   * @param value a finite number
   */
  public static String number(final double value) {
    requireFinite(value);
    return NumberOutput.toString(value, true);
  }

  private static void requireFinite(final double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a result holds a number that is not finite: " + value);
    }
  }

  private static DefaultPrettyPrinter printer() {
    final DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
  }

  /** Refuses numbers that JSON cannot hold, wherever in the value they stand. */
  private static final class FiniteGenerator extends JsonGeneratorDelegate {
    private FiniteGenerator(final JsonGenerator generator) {
      super(generator);
    }

    @Override
    public void writeNumber(final double value) throws IOException {
      requireFinite(value);
      super.writeNumber(value);
    }

    @Override
    public void writeNumber(final float value) throws IOException {
      requireFinite(value);
      super.writeNumber(value);
    }

    @Override
    public void writeArray(final double[] values, final int offset, final int length)
        throws IOException {
      for (int i = offset; i < offset + length; i++) {
        requireFinite(values[i]);
      }
      super.writeArray(values, offset, length);
    }
  }
}
