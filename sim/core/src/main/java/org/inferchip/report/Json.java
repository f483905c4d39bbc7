package org.inferchip.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;

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
          .serializationInclusion(JsonInclude.Include.ALWAYS)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .addModule(finiteDoubles())
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
    try {
      return WRITER.writeValueAsString(value) + "\n";
    } catch (final JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON form: " + e.getOriginalMessage(), e);
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

  private static SimpleModule finiteDoubles() {
    final SimpleModule module = new SimpleModule("finite-doubles");
    module.addSerializer(Double.class, new FiniteDouble(Double.class));
    module.addSerializer(double.class, new FiniteDouble(double.class));
    return module;
  }

  private static final class FiniteDouble extends StdScalarSerializer<Double> {
    private static final long serialVersionUID = 1L;

    private FiniteDouble(final Class<Double> type) {
      super(type);
    }

    @Override
    public void serialize(
        final Double value, final JsonGenerator generator, final SerializerProvider provider)
        throws IOException {
      requireFinite(value);
      generator.writeNumber(value);
    }
  }
}
