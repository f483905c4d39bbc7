package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Descriptions that cannot be used. Each row is a file (a variant of a shipped chip unless it says
 * otherwise; {@code ;} ends a line) and what the message must say; {@code /} between the parts.
 */
class BadDescriptionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clock: 1.8                    | :2:8: clock: / lacks a unit / found 1.8 / 1.755 GHz",
        "clock: 1.8 GB                 | :2:8: clock: / wrong dimension / hertz",
        "clock: 1.8 Ghz                | unknown unit / did you mean GHz?",
        "clock: -1 GHz                 | clock: / out of range / above 0 Hz",
        "clock: 0 GHz                  | clock: / out of range",
        "clock: .nan GHz               | not a finite number",
        "clock: .nan                   | not a finite number",
        "clock: .inf GHz               | not a finite number",
        "clock: 1e30 GHz               | too large to be meant / 1 THz",
        "clock: 1e-30 GHz              | too small to be meant",
        "clock: fast                   | not a number with a unit",
        "clock: [1 GHz]                | not a single value / found a list",
        "clock: {ghz: 1}               | not a single value / found a map",
        "clok: 1.8 GHz                 | clok: / not a key / did you mean clock?",
        "clock: 1 GHz;clock: 2 GHz     | :3:1: clock: / given twice / line 2",
        "memory: {bandwith: 3 TB/s}    | memory.bandwith: / did you mean bandwidth?",
        "memory: {stacks: 0}           | memory.stacks: / out of range / at least 1",
        "memory: {stacks: 4.5}         | memory.stacks: / whole number",
        "memory: {stacks: four}        | memory.stacks: / whole number",
        "memory: {stacks: 99999999999} | memory.stacks: / too large",
        "memory: {efficiency: 1.2}     | memory.efficiency: / at most 1",
        "memory: {efficiency: 88 %}    | memory.efficiency: / without a unit",
        "memory: {capacity: 80}        | memory.capacity: / lacks a unit / 80 GiB",
        "memory: {capacity: 80 Gb}     | unknown unit / did you mean",
        "memory: 80 GB                 | memory: / not a map",
        "memory: {use: parts/memory/hbm33.yaml} | memory.use: / no such part / hbm3.yaml",
        "memory: {use: 3}              | memory.use: / not a path",
        "memory: {use: parts/memory}   | no such part",
        "scale_up: {topology: rign}    | scale_up.topology: / did you mean ring?",
        "cores: []                     | at least one group of cores",
        "cores: {}                     | cores: / not a list",
        "cores: [{name: sm}]           | cores[0].count: is missing / cores[0].matrix: is missing",
        "cores: [{use: parts/cores/hopper-sm.yaml, matrix: {kind: systolc}}] | did you mean systolic",
        "cores: [{use: parts/cores/hopper-sm.yaml, count: 0}] | cores[0].count: / at least 1",
        "peak: {bf17: 1 TFLOP/s}       | peak.bf17: / did you mean bf16?",
        "peak: {bf16: 1 TB/s}          | peak.bf16: / wrong dimension",
        "cost: {price: 30000}          | cost.price: / lacks a unit / $28000",
        "cost: {rental: $3}            | cost.rental: / wrong dimension",
        "cost: {margin: 1.5}           | cost.margin: / out of range",
        "power: {tdp: 700 GW}          | power.tdp: / too large",
        "name: 100                     | name: / not a text",
        "name: ''                      | name: / empty text",
        "name:                         | name: is missing",
        "power: null                   | power: is missing / tdp",
        "sources: {x: {what: a, mark: sure, covers: []}} | sources.x.mark: / one of checked",
        "clock: *base                  | aliases are not read",
        "clock: !!str 1 GHz            | tags are not read",
        "clock: [1 GHz                 | not valid YAML / my.yaml:",
        "'clock: \"1 GHz'              | not valid YAML",
        "---;clock: 1 GHz              | second document",
        "extends: h100-smx             | given twice",
      })
  void shouldNamePlaceAndRemedy(final String lines, final String said) throws IOException {
    refused("extends: h100-sxm\n" + lines.replace(';', '\n') + "\n", said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                      | is empty",
        "# a comment             | is empty",
        "just words              | not a map / just words",
        "[1, 2]                  | not a map / a list",
        "extends: h100-smx       | extends: / no chip of that name / did you mean h100-sxm?",
        "extends: [h100-sxm]     | extends: / not a name",
        "extends: my.yaml        | uses itself / my.yaml -> ",
        "name: x                 | is missing",
        "use: parts/nothing.yaml | no such part",
      })
  void shouldRefuseFilesThatAreNoDescription(final String text, final String said)
      throws IOException {
    refused(text + "\n", said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--set clock=3            | command line: clock: / lacks a unit",
        "--set clok=3_GHz         | command line: clok: / did you mean clock?",
        "--set clock              | key.path=value",
        "--set =3                 | key.path=value",
        "--set cores[9].count=3   | no such item / below 1",
        "--set cores.count=3      | no key count in it",
        "--set clock.x=3          | no key x in it",
        "--set memory.stacks=[    | not valid YAML",
        "--set name=              | is empty",
        "--kind chop              | --kind: / did you mean chip?",
        "--kind stack             | no stack of that name",
      })
  void shouldRefuseBadOptions(final String options, final String said) {
    final String[] words = ("arch show h100-sxm " + options).split(" ");
    words[words.length - 1] = words[words.length - 1].replace('_', ' ');
    says(Cli.run(words), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h100-smx          | did you mean h100-sxm?",
        "h100              | did you mean h100-sxm?",
        "no/such/file.yaml | there is no",
        "h100-smx.yaml     | did you mean h100-sxm?",
        "''                | an empty name",
      })
  void shouldNameTheNearestDescription(final String name, final String said) {
    says(Cli.run("arch", "show", name), said);
    says(Cli.run("arch", "lint", name), said);
    says(Cli.run("arch", "diff", "h100-sxm", name), said);
  }

  @org.junit.jupiter.api.Test
  void shouldRefuseFoldersAndOtherEncodings() throws IOException {
    says(
        Cli.run("arch", "show", Files.createDirectory(folder.resolve("d.yaml")).toString()),
        "d.yaml / is a folder");
    final Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    says(Cli.run("arch", "show", latin.toString()), "latin.yaml:1: / not UTF-8");
    final Path wide = folder.resolve("wide.yaml");
    Files.write(wide, "name: x\n".getBytes(StandardCharsets.UTF_16));
    says(Cli.run("arch", "show", wide.toString()), "wide.yaml:1: / not UTF-8");
    final Path nul = folder.resolve("nul.yaml");
    Files.write(nul, "name: \u0000\n".getBytes(StandardCharsets.UTF_8));
    says(Cli.run("arch", "show", nul.toString()), "nul.yaml: / not valid YAML");
  }

  private void refused(final String text, final String said) throws IOException {
    final Path file = Files.writeString(folder.resolve("my.yaml"), text);
    says(Cli.run("arch", "show", file.toString()), said);
  }

  private static void says(final Cli.Outcome outcome, final String said) {
    assertAll(
        () -> assertEquals(2, outcome.exit(), outcome.err() + outcome.out()),
        () -> assertEquals("", outcome.out()),
        () -> assertFalse(outcome.err().contains("\tat "), outcome.err()),
        () -> {
          for (final String part : said.split(" / ")) {
            assertTrue(outcome.err().contains(part.trim()), part + " in " + outcome.err());
          }
        });
  }
}
