package org.inferchip.calibrate;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inferchip.arch.SharedMemory;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;
import org.inferchip.simulation.OperatorResult;

/**
 * A row of flash attention on a module: sizes as {@code q=64}, heads as {@code hq=16;hkv=8}, the
 * number of parts that was asked for in the notes.
 *
 * <p>Protocol, read in the collector's scripts (LLMCompassPlus): with fewer queries than keys, the
 * keys are those of a cache, to which the kernel itself appends the new ones; the new tokens see
 * each other causally, whatever the row calls it. Inputs of so many calls take turns that no cache
 * holds them, but results are let go at once: two places take turns for them. Time is that of the
 * quicker of two libraries (FlashAttention 2 and 3), each called so. Watts are of a shape, run with
 * the last number of parts that was tried, which is the largest (the script passes the variable of
 * its loop over them, not what the loop found), by the library that is quicker so.
 *
 * @param libraries where it runs, one or two
 * @param call the kernel's call
 */
record EdgeAttention(List<Target> libraries, Attention call) {
  private static final Pattern PARTS = Pattern.compile("splits=([1-9]\\d{0,3})");

  /** The writes of the new keys: what is written comes from the chip, and goes to the memory. */
  private static final Warmth WRITES =
      new Warmth(Map.of(Role.INPUT, 1.0, Role.INDEX, 1.0, Role.OUTPUT, 0.0));

  /** Places of results that take turns. */
  private static final int PLACES = 2;

  /** Empty where the sizes are not all there. */
  static Optional<EdgeAttention> of(
      final MeasuredRow row, final List<Target> libraries, final Format format) {
    final Map<String, Integer> sizes = new TreeMap<>();
    final String text =
        String.join(";", row.text("m"), row.text("n"), row.text("k"), row.text("batch"));
    for (final String word : text.split(";")) {
      if (word.matches("[a-z]+=[1-9]\\d{0,8}")) {
        final String[] parts = word.split("=", 2);
        sizes.put(parts[0], Integer.valueOf(parts[1]));
      }
    }
    if (!sizes.keySet().containsAll(List.of("q", "kv", "hd", "hq", "hkv"))
        || sizes.get("hq") % sizes.get("hkv") != 0) {
      return Optional.empty();
    }
    final int queries = sizes.get("q");
    final boolean appends = queries < sizes.get("kv");
    final int headDim = sizes.get("hd");
    return Optional.of(
        new EdgeAttention(
            libraries,
            new Attention(
                queries == 1 ? "attention_decode" : "attention_prefill",
                List.of(new Attention.Sequence(queries, (appends ? queries : 0) + sizes.get("kv"))),
                sizes.get("hq"),
                sizes.get("hkv"),
                headDim,
                headDim,
                0,
                appends || row.text("notes").contains("causal=True"),
                format,
                format,
                Optional.empty(),
                new Attention.Asked(parts(row), appends))));
  }

  /** What rows of the same shape have in common. */
  static String shape(final MeasuredRow row) {
    return String.join(
        "/",
        row.text("device"),
        row.text("m"),
        row.text("n"),
        row.text("k"),
        row.text("batch"),
        row.text("dtype"));
  }

  /** The numbers of parts that a table has of each shape. */
  static Map<String, Set<Integer>> parts(final Collection<MeasuredRow> rows) {
    final Map<String, Set<Integer>> parts = new HashMap<>();
    for (final MeasuredRow row : rows) {
      parts.computeIfAbsent(shape(row), key -> new TreeSet<>()).add(parts(row));
    }
    return parts;
  }

  private static int parts(final MeasuredRow row) {
    final Matcher asked = PARTS.matcher(row.text("notes"));
    return asked.find() ? Integer.parseInt(asked.group(1)) : 0;
  }

  /** Time of the quicker library. */
  Prediction predict() {
    return Prediction.of(run(quicker(call.asked().parts()), call.asked().parts()));
  }

  /** Operations and bytes over the rates of the chip, whatever the library. */
  Roofline roofline() {
    return Calls.of(libraries.get(0), call, warmth()).roofline();
  }

  /** What was repeated while watts were read: see above. */
  Power.Load powered(final Set<Integer> parts) {
    final int tried = Collections.max(parts);
    final Target target = quicker(tried);
    final Power.Load load = Power.Load.of(run(target, tried));
    return call.asked().appends() ? load.beside(writes(target)) : load;
  }

  private Target quicker(final int parts) {
    return libraries.stream()
        .min(Comparator.comparingLong(one -> run(one, parts).latencyPicos()))
        .orElseThrow();
  }

  private OperatorResult run(final Target library, final int parts) {
    return library.operators().simulate(in(parts), warmth());
  }

  /** Nothing is found; results stay where they are written over before the cache needs the room. */
  Warmth warmth() {
    final double touched =
        PLACES * ((double) call.compulsoryReadBytes() + call.compulsoryWriteBytes());
    final double held = libraries.get(0).chip().shared().map(SharedMemory::held).orElse(0.0);
    final Map<Role, Double> hits = new EnumMap<>(EdgeRows.DEFEATED.hits());
    hits.put(Role.OUTPUT, touched <= held ? 1.0 : 0.0);
    return new Warmth(hits);
  }

  private Attention in(final int parts) {
    return new Attention(
        call.name(),
        call.sequences(),
        call.heads(),
        call.kvHeads(),
        call.headDim(),
        call.valueDim(),
        call.window(),
        call.causal(),
        call.activation(),
        call.cache(),
        call.blocks(),
        new Attention.Asked(parts, call.asked().appends()));
  }

  /**
   * New keys and values on their way into the cache: the kernel's program has their reads alone.
   */
  private EnergyBreakdown writes(final Target target) {
    return target
        .operators()
        .simulate(
            new Elementwise(
                "kv_write",
                Elementwise.Kind.KV_WRITE,
                call.queryRows(),
                call.kvHeads() * (call.headDim() + call.valueDim()),
                0,
                call.cache(),
                call.cache()),
            WRITES)
        .energy();
  }
}
