package org.inferchip.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Descriptions that cannot be used. In the tables, {@code |} stands before what the message must
 * say ({@code /} between its parts), and {@code ;} ends a line of the file.
 */
final class BadDescriptions {
  /** Lines of a chip file that extends h100-sxm. */
  private static final String[] CHIP = {
    "clock: 1.8 | :2:8: clock: / lacks a unit / found 1.8 / 1.755 GHz",
    "clock: 1.8 GB | :2:8: clock: / wrong dimension / hertz",
    "clock: 1.8 Ghz | unknown unit / did you mean GHz?",
    "clock: -1 GHz | clock: / out of range / above 0 Hz",
    "clock: 0 GHz | clock: / out of range",
    "clock: .nan GHz | not a finite number",
    "clock: .nan | not a finite number",
    "clock: .inf GHz | not a finite number",
    "clock: 1e30 GHz | too large to be meant / 1 THz",
    "clock: 1e-30 GHz | too small to be meant",
    "clock: fast | not a number with a unit",
    "clock: [1 GHz] | not a single value / found a list",
    "clock: {ghz: 1} | not a single value / found a map",
    "clok: 1.8 GHz | clok: / not a key / did you mean clock?",
    "clock: 1 GHz;clock: 2 GHz | :3:1: clock: / given twice / line 2",
    "memory: {bandwith: 3 TB/s} | memory.bandwith: / did you mean bandwidth?",
    "memory: {stacks: 0} | memory.stacks: / out of range / at least 1",
    "memory: {stacks: 4.5} | memory.stacks: / whole number",
    "memory: {stacks: four} | memory.stacks: / whole number",
    "memory: {stacks: 99999999999} | memory.stacks: / too large",
    "memory: {efficiency: 1.2} | memory.efficiency: / at most 1",
    "memory: {efficiency: 88 %} | memory.efficiency: / without a unit",
    "memory: {capacity: 80} | memory.capacity: / lacks a unit / 80 GiB",
    "memory: {capacity: 80 Gb} | unknown unit / did you mean",
    "memory: 80 GB | memory: / not a map",
    "memory: {use: parts/memory/hbm33.yaml} | memory.use: / no such part / hbm3.yaml",
    "memory: {use: 3} | memory.use: / not a path",
    "memory: {use: parts/memory} | no such part",
    "scale_up: {topology: rign} | scale_up.topology: / did you mean ring?",
    "cores: [] | at least one group of cores",
    "cores: {} | cores: / not a list",
    "cores: [{name: sm}] | cores[0].count: is missing / cores[0].matrix: is missing",
    "cores: [{use: parts/cores/hopper-sm.yaml, matrix: {kind: systolc}}] | did you mean systolic",
    "cores: [{use: parts/cores/hopper-sm.yaml, count: 0}] | cores[0].count: / at least 1",
    "peak: {bf17: 1 TFLOP/s} | peak.bf17: / did you mean bf16?",
    "peak: {bf16: 1 TB/s} | peak.bf16: / wrong dimension",
    "cost: {price: 30000} | cost.price: / lacks a unit / $28000",
    "cost: {rental: $3} | cost.rental: / wrong dimension",
    "cost: {margin: 1.5} | cost.margin: / out of range",
    "power: {tdp: 700 GW} | power.tdp: / too large",
    "name: 100 | name: / not a text",
    "name: '' | name: / empty text",
    "name: | name: is missing",
    "power: null | power: is missing / tdp",
    "sources: {x: {what: a, mark: sure, covers: []}} | sources.x.mark: / one of checked",
    "clock: *base | aliases are not read",
    "clock: !!str 1 GHz | tags are not read",
    "clock: [1 GHz | not valid YAML / my.yaml:",
    "clock: \"1 GHz | not valid YAML",
    "---;clock: 1 GHz | second document",
    "extends: h100-smx | given twice",
    "scale_up: {reach: 1} | scale_up.reach: / at least 2"
  };

  /** Lines of a stack file that extends vllm. */
  private static final String[] STACK = {
    "graph_sizes: [1, 4, 2] | graph_sizes / increase",
    "graph_sizes: [1, x] | graph_sizes[1]: / whole number",
    "matmul: {tiles: [128by256]} | tile / 128by256",
    "matmul: {tiles: 128x256} | matmul.tiles: / not a list",
    "matmul: {splits: [0]} | matmul.splits[0]: / at least 1",
    "launch: {matmul: 3.8} | launch.matmul: / lacks a unit",
    "step: {fixed: 797 ms/s} | step.fixed: / unknown unit",
    "weights: bf61 | weights: / did you mean bf16?",
    "host_in_the_loop: yes | host_in_the_loop: / true or false",
    "scheduler: {memory_utilisation: 1.01} | scheduler.memory_utilisation: / at most 1",
    "attention: {fused: 1} | attention.fused: / true or false"
  };

  /** Lines of a system file that extends dgx-h100. */
  private static final String[] SYSTEM = {
    "chip: h100-smx | chip: / no chip of that name / did you mean h100-sxm?",
    "stack: vlm | stack: / no stack of that name / did you mean vllm?",
    "chip: {extends: dgx-h100} | chip.extends: / no chip of that name",
    "chip: 8 | chip: / no chip of that name",
    "count: 0 | count: / at least 1",
    "enclosure: {pue: 0.9} | enclosure.pue: / at least 1",
    "enclosure: {electricity: $0.08} | enclosure.electricity: / wrong dimension",
    "enclosure: {depreciation: 0 y} | enclosure.depreciation: / out of range",
    "placement: {tensor_parallel: two} | placement.tensor_parallel: / whole number",
    "placement: {tensor_paralel: 2} | placement.tensor_paralel: / did you mean tensor_parallel?"
  };

  /** Whole files. */
  private static final String[] FILES = {
    " | is empty",
    "# a comment | is empty",
    "just words | not a map / just words",
    "[1, 2] | not a map / a list",
    "extends: h100-smx | extends: / no chip of that name / did you mean h100-sxm?",
    "extends: [h100-sxm] | extends: / not a name",
    "extends: my.yaml | uses itself / my.yaml -> ",
    "name: x | is missing",
    "use: parts/nothing.yaml | no such part"
  };

  /** Options of {@code arch show h100-sxm}; in the last one {@code _} stands for a space. */
  private static final String[] OPTIONS = {
    "--set clock=3 | command line: clock: / lacks a unit",
    "--set clok=3_GHz | command line: clok: / did you mean clock?",
    "--set clock | key.path=value",
    "--set =3 | key.path=value",
    "--set cores[9].count=3 | no such item / below 1",
    "--set cores.count=3 | no key count in it",
    "--set clock.x=3 | no key x in it",
    "--set memory.stacks=[ | not valid YAML",
    "--set name= | is empty",
    "--kind chop | --kind: / did you mean chip?",
    "--kind stack | no stack of that name"
  };

  /** Names and paths. */
  private static final String[] NAMES = {
    "h100-smx | did you mean h100-sxm?",
    "h100 | did you mean h100-nvl, h100-pcie or h100-sxm?",
    "no/such/file.yaml | there is no",
    "h100-smx.yaml | did you mean h100-sxm?",
    " | an empty name"
  };

  private BadDescriptions() {}

  static Stream<BadInput> rows() {
    return Stream.of(
            table(CHIP, row -> shown("extends: h100-sxm\n" + row)),
            table(STACK, row -> shown("extends: vllm\n" + row)),
            table(SYSTEM, row -> shown("extends: dgx-h100\n" + row)),
            table(FILES, BadDescriptions::shown),
            table(OPTIONS, BadDescriptions::option),
            table(NAMES, name -> BadInput.named("show " + name).run("arch", "show", name)),
            table(NAMES, name -> BadInput.named("lint " + name).run("arch", "lint", name)),
            table(NAMES, name -> BadInput.named("diff " + name).run("arch", "diff", "vllm", name)),
            encodings())
        .flatMap(rows -> rows);
  }

  private static Stream<BadInput> table(
      final String[] table, final Function<String, BadInput> start) {
    return Arrays.stream(table)
        .map(
            row -> {
              final int bar = row.lastIndexOf('|');
              final BadInput input = start.apply(row.substring(0, bar).strip());
              return input.says(row.substring(bar + 1).strip().split(" / "));
            });
  }

  private static BadInput shown(final String text) {
    return BadInput.named(text.replace('\n', ';'))
        .file("my.yaml", text.replace(';', '\n') + "\n")
        .run("arch", "show", "DIR/my.yaml");
  }

  private static BadInput option(final String options) {
    final String[] words = ("arch show h100-sxm " + options).split(" ");
    words[words.length - 1] = words[words.length - 1].replace('_', ' ');
    return BadInput.named("show " + options).run(words);
  }

  private static Stream<BadInput> encodings() {
    return Stream.of(
        BadInput.named("folder for a chip")
            .folder("d.yaml")
            .run("arch", "show", "DIR/d.yaml")
            .says("d.yaml", "is a folder"),
        bytes("latin 1", "name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1), "not UTF-8"),
        bytes("utf 16", "name: x\n".getBytes(StandardCharsets.UTF_16), "not UTF-8"),
        bytes("null byte", "name: \u0000\n".getBytes(StandardCharsets.UTF_8), "not valid YAML"),
        bytes(
            "binary", new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe}, "not UTF-8"),
        bytes("endless nesting", "[".repeat(5000).getBytes(StandardCharsets.UTF_8), "nesting"),
        BadInput.named("folder for a part")
            .folder("part.yaml")
            .file("my.yaml", "extends: h100-sxm\nmemory: {use: part.yaml}\n")
            .run("arch", "show", "DIR/my.yaml")
            .says("part.yaml", "is a folder"),
        BadInput.named("problems of a part and of its user at once")
            .file("part.yaml", "stacks: 0\n")
            .file("my.yaml", "extends: h100-sxm\nclok: 1 GHz\nmemory: {use: part.yaml}\n")
            .run("arch", "show", "DIR/my.yaml")
            .says("my.yaml:2:1: clok", "part.yaml:1:9: memory.stacks: is out of range"),
        BadInput.named("cycle of variants")
            .file("a.yaml", "extends: b.yaml\n")
            .file("b.yaml", "extends: a.yaml\n")
            .run("arch", "show", "DIR/a.yaml")
            .says("uses itself", "a.yaml -> ", "b.yaml -> "),
        BadInput.named("cycle of parts")
            .file("p.yaml", "use: p.yaml\n")
            .file("my.yaml", "extends: h100-sxm\nmemory: {use: p.yaml}\n")
            .run("arch", "show", "DIR/my.yaml")
            .says("memory: uses itself", "p.yaml -> "),
        BadInput.named("no kind").run("arch", "schema").says("KIND: is missing"),
        BadInput.named("unknown kind").run("arch", "schema", "chop").says("did you mean chip?"));
  }

  private static BadInput bytes(final String name, final byte[] bytes, final String says) {
    return BadInput.named(name)
        .file("my.yaml", bytes)
        .run("arch", "show", "DIR/my.yaml")
        .says("my.yaml", says);
  }
}
