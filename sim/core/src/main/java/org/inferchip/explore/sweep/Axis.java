package org.inferchip.explore.sweep;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import org.inferchip.units.Literal;
import org.inferchip.units.Range;

/**
 * Something that varies in a sweep. Paths are key paths of a system, as overrides take them, or
 * {@code format}, {@code tensor_parallel}, {@code pipeline_parallel}, {@code work.batch}, {@code
 * work.context}, {@code work.prefill} and {@code work.output}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Axis.Listed.class, name = "list"),
  @JsonSubTypes.Type(value = Axis.Factors.class, name = "factors"),
  @JsonSubTypes.Type(value = Axis.Grid.class, name = "grid"),
  @JsonSubTypes.Type(value = Axis.Log.class, name = "log"),
  @JsonSubTypes.Type(value = Axis.Random.class, name = "random"),
  @JsonSubTypes.Type(value = Axis.LatinHypercube.class, name = "latin-hypercube"),
  @JsonSubTypes.Type(value = Axis.Zip.class, name = "zip")
})
public sealed interface Axis {

  /**
   * Values one by one.
   *
   * @param path of keys
   * @param values as a description spells them
   */
  record Listed(String path, List<Literal> values) implements Axis {}

  /**
   * Multiples of what each system has; a count is rounded to a whole number.
   *
   * @param path of keys, at which every system has a number
   * @param factors each above 0
   */
  record Factors(String path, @Range(min = 0, exclusive = true) List<Double> factors)
      implements Axis {}

  /**
   * Values at equal distances.
   *
   * @param path of keys
   * @param from the first
   * @param to the last
   * @param count how many; between whole numbers values are rounded
   */
  record Grid(String path, Literal from, Literal to, @Range(min = 2) int count) implements Axis {}

  /**
   * Values at equal ratios.
   *
   * @param path of keys
   * @param from the first, above 0
   * @param to the last
   * @param count how many; between whole numbers values are rounded
   */
  record Log(String path, Literal from, Literal to, @Range(min = 2) int count) implements Axis {}

  /**
   * Points drawn at random, of all spans together.
   *
   * @param count how many
   * @param spans what is drawn
   */
  record Random(@Range(min = 1) int count, List<Span> spans) implements Axis {}

  /**
   * Points drawn so that each span, cut into as many equal parts as there are points, has one in
   * every part (McKay, Beckman and Conover, 1979).
   *
   * @param count how many
   * @param spans what is drawn
   */
  record LatinHypercube(@Range(min = 1) int count, List<Span> spans) implements Axis {}

  /**
   * Axes that go in step: the first values of all, the second values of all.
   *
   * @param axes of equal length
   */
  record Zip(List<Axis> axes) implements Axis {}

  /**
   * What is drawn of one path.
   *
   * @param path of keys
   * @param from least
   * @param to most
   * @param spacing absent: linear
   */
  record Span(String path, Literal from, Literal to, Optional<Spacing> spacing) {}

  /** Over what draws are uniform. */
  enum Spacing {
    /** The value. */
    LINEAR,
    /** Its logarithm. */
    LOG
  }
}
