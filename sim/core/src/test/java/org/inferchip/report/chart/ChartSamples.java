package org.inferchip.report.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A chart of each kind, of made-up numbers. */
public final class ChartSamples {
  private ChartSamples() {}

  /** Every kind by its name. */
  public static Map<String, Chart> all() {
    final Map<String, Chart> all = new LinkedHashMap<>();
    all.put(
        "lines", Lines.of("TTFT against load", LOAD, MILLIS, List.of(line("a", 1), line("b", 2))));
    all.put("band", band());
    all.put("cdf", cdf());
    all.put("scatter", scatter());
    all.put("correlation", correlation());
    all.put("pareto", pareto());
    all.put("tornado", tornado());
    all.put("heat", heat());
    all.put("waterfall", waterfall());
    all.put("stacked", stacked());
    all.put("gantt", gantt());
    all.put("sankey", sankey());
    return all;
  }

  private static final Axis LOAD = Axis.linear("load [requests/s]");
  private static final Axis MILLIS = Axis.log("TTFT p99 [ms]");

  private static Series line(final String name, final double factor) {
    return new Series(
        name, new double[] {1, 2, 4, 8}, new double[] {10, 11 * factor, 20 * factor, 90 * factor});
  }

  private static Chart sankey() {
    final Sankey.Node chips =
        new Sankey.Node(
            "chips",
            60,
            List.of(
                Sankey.Node.leaf("idle", 30),
                Sankey.Node.leaf("matrix", 29.9),
                Sankey.Node.leaf("nothing", 0),
                Sankey.Node.leaf("vector", 0.1)));
    final Sankey.Node system =
        new Sankey.Node("system", 80, List.of(Sankey.Node.leaf("host", 20), chips));
    return Sankey.of(
        "Joules",
        new Sankey.Node("facility", 100, List.of(Sankey.Node.leaf("cooling", 20), system)),
        "J");
  }

  private static Chart band() {
    return Lines.of(
        "Power over time",
        Axis.linear("time [s]"),
        Axis.fromZero("chip power [W]"),
        "p5 to p95",
        List.of(
            new Lines.Band(
                line("h100-sxm", 1), new double[] {8, 9, 15, 70}, new double[] {12, 13, 25, 110})));
  }

  private static Chart cdf() {
    final Map<String, double[]> samples = new LinkedHashMap<>();
    for (int i = 0; i < 7; i++) {
      final Random random = new Random(i);
      final double scale = 10 * (i + 1);
      samples.put(
          "system-" + i,
          random.doubles(600).map(u -> -scale * Math.log(1 - 0.999 * u) + 1).toArray());
    }
    return Cdf.of("Time to first token", Axis.log("TTFT [ms]"), "completed requests", samples);
  }

  private static Chart scatter() {
    return Scatter.of(
        "Roofline of h100",
        Axis.log("intensity [op/byte]"),
        Axis.log("rate of one chip [TFLOP/s]"),
        List.of(
            new Series("h100 bf16", new double[] {.1, 295, 1e4}, new double[] {.335, 989, 989})),
        List.of(
            new Series("gate_up_proj", new double[] {40}, new double[] {90}),
            new Series("attention_decode", new double[] {2}, new double[] {4}),
            new Series("lm_head", new double[] {300}, new double[] {500})));
  }

  private static Chart correlation() {
    final Random random = new Random(3);
    final double[] x = random.doubles(200).map(u -> Math.exp(8 * u)).toArray();
    final double[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] *= Math.exp(0.15 * random.nextGaussian());
    }
    return Scatter.correlation(
        "gemm, bf16 (200)",
        Axis.log("measured [us]"),
        Axis.log("predicted [us]"),
        List.of(
            new Series("compute", x, y),
            new Series("memory", new double[] {3, 5}, new double[] {4, 5}),
            new Series("link", new double[0], new double[0])),
        0.2,
        "slower",
        "faster");
  }

  private static Chart pareto() {
    final Random random = new Random(4);
    final java.util.ArrayList<Pareto.Design> designs = new java.util.ArrayList<>();
    for (int i = 0; i < 300; i++) {
      final double angle = random.nextDouble() * Math.PI / 2;
      final double r = 0.3 + 0.6 * random.nextDouble();
      designs.add(
          new Pareto.Design(
              "p" + i,
              "chip-" + i % 3,
              900 * r * Math.cos(angle),
              4 * r * Math.sin(angle),
              false,
              false));
    }
    for (int i = 0; i < 9; i++) {
      final double angle = i / 8.0 * Math.PI / 2;
      designs.add(
          new Pareto.Design(
              "f" + i, "chip-" + i % 3, 900 * Math.cos(angle), 4 * Math.sin(angle), true, i == 4));
    }
    return Pareto.of(
        "Tokens per joule against rate",
        Axis.linear("output [tokens/s]"),
        Axis.linear("tokens per joule [1/J]"),
        designs);
  }

  private static Chart tornado() {
    return Tornado.of(
        "What tokens per joule rest on",
        Axis.linear("tokens per joule [1/J]"),
        1.46,
        List.of(
            new Tornado.Swing("power.idle", "60 W", "140 W", 1.6, 1.3),
            new Tornado.Swing("power.busy_floor", "0.07", "0.5", 1.9, 1.1),
            new Tornado.Swing(
                "memory.stacks.energy.per_bit_of_every_read", "2 pJ", "7 pJ", 1.5, 1.42)));
  }

  private static Chart heat() {
    return HeatMap.of(
        "Tokens per joule over SRAM and bandwidth",
        Axis.linear("SRAM [MiB]"),
        List.of("32", "64", "128", "256"),
        Axis.linear("memory bandwidth [TB/s]"),
        List.of("1.6", "3.35", "8"),
        Axis.linear("tokens per joule [1/J]"),
        new double[][] {{.5, .7, .9, 1}, {.8, 1.4, 1.6, 1.62}, {.9, 1.9, 2.4, Double.NaN}});
  }

  private static Chart waterfall() {
    return Waterfall.of(
        "Bill of materials",
        Axis.linear("cost of a package [$]"),
        List.of(
            Waterfall.Step.of("die", 310),
            Waterfall.Step.of("memory stacks", 1350),
            Waterfall.Step.of("interposer and bonding", 420),
            Waterfall.Step.of("test", 90),
            Waterfall.Step.of("harvested dies", -60),
            Waterfall.Step.sum("package"),
            Waterfall.Step.of("margin", 900),
            Waterfall.Step.sum("price")));
  }

  private static Chart stacked() {
    final Map<String, Map<String, Double>> bars = new LinkedHashMap<>();
    bars.put("h100-sxm: 0.41 J a token", parts(31, 28, 12, 24, 5));
    bars.put("groq-lpu-pod: 6.1 J a token", parts(93, 5, 1, 0.5, 0.5));
    return StackedBars.of(
        "Where the joules of the chips go", Axis.percent("share of the energy [%]"), bars);
  }

  private static Map<String, Double> parts(final double... shares) {
    final List<String> names = List.of("idle", "busy floor", "matrix", "memory", "port");
    final Map<String, Double> parts = new LinkedHashMap<>();
    for (int i = 0; i < shares.length; i++) {
      parts.put(names.get(i), shares[i]);
    }
    return parts;
  }

  private static Chart gantt() {
    return Gantt.of(
        "A layer of a decode step",
        Axis.fromZero("time [us]"),
        List.of(
            new Gantt.Stay("memory", "qkv_proj", 0, 10),
            new Gantt.Stay("matrix", "qkv_proj", 3, 11),
            new Gantt.Stay("memory", "attention", 12, 30),
            new Gantt.Stay("vector", "attention", 14, 33),
            new Gantt.Stay("memory", "gate_up_proj", 34, 80),
            new Gantt.Stay("matrix", "gate_up_proj", 36, 82)));
  }
}
