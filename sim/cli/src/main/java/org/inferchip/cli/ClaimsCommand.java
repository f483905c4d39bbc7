package org.inferchip.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.report.PaperTables;
import org.inferchip.report.claims.Claim;
import org.inferchip.report.claims.ClaimJson;
import org.inferchip.report.claims.ClaimPapers;
import org.inferchip.report.claims.ClaimReader;
import org.inferchip.report.claims.ClaimsWriter;
import org.inferchip.report.claims.Judge;
import org.inferchip.report.claims.Verdict;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code claims}: what is said of this field, tested. */
@Command(
    name = "claims",
    description = {
      "Tests what is said of this field: where it holds, where it fails, and where it turns.",
      "Without a name, all claims of workloads/claims."
    },
    footer = {
      "  inferchip claims --draws 1000 --out reports/claims",
      "  inferchip claims analog-power",
    })
final class ClaimsCommand extends BaseCommand {
  @Parameters(arity = "0..*", paramLabel = "CLAIM", description = "Claims, by name or path.")
  private List<String> names = new ArrayList<>();

  @Mixin private PaperOptions papers;
  @Mixin private DrawOptions draws;

  private final List<Claim> claims = new ArrayList<>();

  @Override
  protected void check(final Problems problems) {
    draws.check(problems);
    if (!papers.forms().isEmpty() && folder().isEmpty()) {
      problems.add(Checks.at("--format", "has no folder to write to", "no --out", "--out DIR"));
    }
    final ClaimReader reader = new ClaimReader(Descriptions.here());
    for (final String name : names.isEmpty() ? reader.names() : names) {
      claims.add(reader.read(name).value());
    }
  }

  @Override
  protected int run() {
    final int[] code = {ExitCode.DONE};
    withFolder(
        folder -> {
          final long start = System.nanoTime();
          final List<Verdict> verdicts = judge();
          final Map<String, Object> json = ClaimJson.of(verdicts, common().seed(), draws.count());
          json.put("wall_s", (System.nanoTime() - start) * 1e-9);
          if (folder != null) {
            new ClaimsWriter(folder, commandLine(), common().seed()).write(verdicts);
            PaperTables.write(folder, ClaimPapers.of(verdicts), papers.forms());
          }
          result(json, ClaimTables.verdicts(verdicts), ClaimTables.conditions(verdicts));
          final boolean sound = verdicts.stream().allMatch(one -> one.violations().isEmpty());
          code[0] = sound ? ExitCode.DONE : ExitCode.CHECK_FAILED;
        });
    return code[0];
  }

  private List<Verdict> judge() {
    final Judge judge =
        new Judge(Descriptions.here(), common().seed(), common().threads(), draws.count());
    try (Progress bar = progress("runs", claims.stream().mapToLong(Judge::steps).sum())) {
      final List<Verdict> verdicts = new ArrayList<>();
      for (final Claim claim : claims) {
        verdicts.add(judge.judge(claim, bar.part()));
      }
      return verdicts;
    }
  }
}
