package org.inferchip.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.AnalogCell;
import org.inferchip.arch.AnalogConverters;
import org.inferchip.arch.AnalogConverters.RangeRule;
import org.inferchip.arch.CellNoise;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/** Reads a {@link CrossbarCase} from JSON; names every problem of the file at once. */
public final class CrossbarCaseReader {
  /** Python writes an infinite resistance as {@code Infinity}. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final String IDEAL = "IdealDevice";
  private static final double LOW = 1e4;

  private final String file;
  private final Problems problems = new Problems();
  private final JsonNode root;
  private final CrossbarParameters params;

  private CrossbarCaseReader(final String file, final JsonNode root) {
    this.file = file;
    this.root = root;
    params = new CrossbarParameters(file, root.path("params"), problems);
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException with all that is wrong
   */
  public static CrossbarCase read(final Path path) {
    try {
      final JsonNode root = JSON.readTree(Files.readString(path));
      return new CrossbarCaseReader(path.toString(), root).build();
    } catch (final JsonProcessingException e) {
      final int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new InvalidInputException(
          Problem.atLine(path.toString(), line, "is not JSON: " + e.getOriginalMessage()));
    } catch (final IOException e) {
      throw new InvalidInputException(Problem.ofFile(path.toString(), "cannot be read"));
    }
  }

  private CrossbarCase build() {
    final double[][] weights = matrix(root.path("W"), "W");
    final double[][] inputs = matrix(root.path("X"), "X");
    final double[][] expected = matrix(root.path("Y"), "Y");
    final int draws = root.path("draws").asInt(0);
    final double[][] deviation = draws > 0 ? matrix(root.path("Y_std"), "Y_std") : null;
    shapes(weights, inputs, expected, deviation);
    final double weightScale = params.scale("w_range");
    final double inputScale = params.scale("in_range");
    final AnalogCell cell = guarded("params", this::cell);
    final AnalogConverters converters = guarded("params", this::converters);
    final int mostRows = params.whole("rows_max", 0);
    final int mostColumns = params.whole("cols_max", 0);
    if (!params.flag("current_from_input", true)) {
      bad("params.current_from_input", "cells fed by another line are not modelled", "false");
    }
    final double[][][] plus = conductances("Gpos_norm", cell, weights);
    final double[][][] minus = conductances("Gneg_norm", cell, weights);
    final boolean drawn = isDrawn(params.text("model", IDEAL));
    final boolean programs = cell != null && cell.programming().isPresent();
    if (programs && draws == 0 && (plus == null || minus == null)) {
      bad("Gpos_norm", "errors of programming need draws, or the conductances drawn", "nothing");
    }
    problems.throwIfAny();
    return new CrossbarCase(
        root.path("name").asText(file),
        cell,
        converters,
        weightScale,
        inputScale,
        mostRows,
        mostColumns,
        weights,
        inputs,
        expected,
        deviation,
        draws,
        plus,
        minus,
        drawn,
        params.unused());
  }

  private AnalogCell cell() {
    final double low = params.number("Rmin", LOW);
    final double high = params.number("Rmax", 1e6);
    final boolean infinite = params.flag("infinite_on_off", false) || Double.isInfinite(high);
    final String style = params.text("style", "ONE_SIDED");
    final int slices = params.whole("num_slices", 1);
    return new AnalogCell(
        params.whole("cell_bits", 0),
        params.whole("weight_bits", 0),
        slices,
        params.choice("params.style", style, AnalogCell.Pair.class, AnalogCell.Pair.ONE_SIDED),
        low,
        infinite ? Optional.empty() : Optional.of(high),
        wire("Rp_row"),
        wire("Rp_col"),
        programming(),
        reading(),
        Optional.empty());
  }

  private Optional<Double> wire(final String key) {
    return Optional.of(params.number(key, 0)).filter(resistance -> resistance > 0);
  }

  /** Whether the file holds conductances with errors, so that the law of these does not matter. */
  private boolean isDrawn(final String model) {
    return !model.equals(IDEAL)
        && root.path("draws").asInt(0) == 0
        && (root.has("Gpos_norm") || root.path("slices").path(0).has("Gpos_norm"));
  }

  private Optional<CellNoise> programming() {
    final String model = params.text("model", IDEAL);
    final double magnitude = params.number("magnitude", 0);
    final double most = 1e6 / params.number("Rmin", LOW);
    final Optional<CellNoise> noise = CrossbarDevices.programming(model, magnitude, most);
    if (noise.isEmpty() && !model.equals(IDEAL) && !isDrawn(model)) {
      problems.add(
          new Problem(
              file,
              0,
              0,
              "params.model",
              "is not a known error of programming",
              model,
              String.join(", ", CrossbarDevices.names()),
              ""));
    }
    return noise;
  }

  private Optional<CellNoise> reading() {
    final double magnitude = params.number("read_noise", 0);
    final String law = params.text("law", "independent");
    if (magnitude == 0) {
      return Optional.empty();
    }
    final CellNoise.Law how =
        params.choice("params.law", law, CellNoise.Law.class, CellNoise.Law.INDEPENDENT);
    return Optional.of(CellNoise.normal(how, magnitude));
  }

  private AnalogConverters converters() {
    final List<Double> limits = new ArrayList<>();
    final JsonNode ranges = params.get("adc_ranges");
    if (ranges.isArray()) {
      ranges.forEach(pair -> pair.forEach(end -> limits.add(end.asDouble())));
    }
    final JsonNode range = params.get("adc_range");
    if (range.isArray() && limits.isEmpty()) {
      range.forEach(
          end -> {
            if (end.isArray()) {
              end.forEach(inner -> limits.add(inner.asDouble()));
            } else {
              limits.add(end.asDouble());
            }
          });
    }
    final String named = range.isTextual() ? range.asText() : limits.isEmpty() ? "MAX" : "";
    final String rule = params.text("adc_range_option", named.isEmpty() ? "CALIBRATED" : named);
    final int slice = params.whole("slice_size", 0);
    return new AnalogConverters(
        params.whole("dac_bits", 0),
        slice > 0 ? Optional.of(slice) : Optional.empty(),
        params.whole("adc_bits", 0),
        limits.isEmpty()
            ? params.choice("params.adc_range_option", rule, RangeRule.class, RangeRule.MAX)
            : RangeRule.CALIBRATED,
        limits.isEmpty() ? Optional.empty() : Optional.of(limits),
        params.flag("adc_per_ibit", slice > 0));
  }

  /** Conductances by slice; null where the file has none. */
  private double[][][] conductances(
      final String key, final AnalogCell cell, final double[][] weights) {
    final List<double[][]> all = new ArrayList<>();
    if (root.has(key)) {
      all.add(matrix(root.path(key), key));
    }
    root.path("slices").forEach(slice -> all.add(matrix(slice.path(key), "slices." + key)));
    if (all.isEmpty() || cell == null) {
      return null;
    }
    final boolean fits =
        all.stream().allMatch(g -> g.length == weights.length && g[0].length == weights[0].length);
    if (all.size() != cell.slices() || !fits) {
      bad(key, "is not of the shape of W in each slice", all.size() + " matrices");
    }
    return all.toArray(new double[0][][]);
  }

  private void shapes(
      final double[][] weights,
      final double[][] inputs,
      final double[][] expected,
      final double[][] deviation) {
    if (weights[0].length != inputs.length) {
      bad("X", "has not one row for each input of W", inputs.length + " rows");
    }
    final boolean fits =
        expected.length == weights.length && expected[0].length == inputs[0].length;
    if (!fits) {
      bad("Y", "is not of the shape of W X", expected.length + " x " + expected[0].length);
    }
    if (deviation != null
        && (deviation.length != expected.length || deviation[0].length != expected[0].length)) {
      bad("Y_std", "is not of the shape of Y", deviation.length + " x " + deviation[0].length);
    }
  }

  /** A rectangular matrix of finite numbers; 1 x 1 where there is none, with a problem. */
  private double[][] matrix(final JsonNode node, final String key) {
    final int rows = node.size();
    final int columns = rows == 0 ? 0 : node.get(0).size();
    final double[][] out = new double[Math.max(1, rows)][Math.max(1, columns)];
    boolean sound = node.isArray() && rows > 0 && columns > 0;
    for (int r = 0; sound && r < rows; r++) {
      sound = node.get(r).isArray() && node.get(r).size() == columns;
      for (int c = 0; sound && c < columns; c++) {
        sound = node.get(r).get(c).isNumber();
        out[r][c] = node.get(r).get(c).asDouble();
        sound &= Double.isFinite(out[r][c]);
      }
    }
    if (!sound) {
      bad(key, "is not a matrix of numbers", node.isMissingNode() ? "nothing" : "another value");
    }
    return out;
  }

  private <T> T guarded(final String key, final java.util.function.Supplier<T> made) {
    try {
      return made.get();
    } catch (final IllegalArgumentException e) {
      bad(key, e.getMessage(), "these values");
      return null;
    }
  }

  private void bad(final String key, final String message, final String found) {
    params.bad(key, message, found);
  }
}
