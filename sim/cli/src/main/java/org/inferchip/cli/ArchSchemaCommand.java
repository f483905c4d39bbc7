package org.inferchip.cli;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.arch.schema.SchemaWriter;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.explore.Scenario;
import org.inferchip.explore.sweep.Sweep;
import org.inferchip.explore.uncertainty.RangeTable;
import org.inferchip.model.Models;
import org.inferchip.report.claims.Claim;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code arch schema}: the JSON Schema of a kind of file. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema of a kind of description, for editors.",
    footer = "  inferchip arch schema chip")
final class ArchSchemaCommand extends BaseCommand {
  @Parameters(
      paramLabel = "KIND",
      description = "chip, system, stack, overlay, model, scenario, sweep, ranges or claim.")
  private String kind;

  @Override
  protected int run() {
    final List<Kind<?>> kinds = new ArrayList<>(ArchKinds.ALL);
    kinds.add(Models.KIND);
    kinds.add(Scenario.KIND);
    kinds.add(Sweep.KIND);
    kinds.add(Kind.OVERLAY);
    kinds.add(RangeTable.KIND);
    kinds.add(Claim.KIND);
    final Kind<?> chosen = ArchKinds.named("KIND", kind, kinds);
    result(SchemaWriter.of(chosen), SchemaWriter.text(chosen));
    return ExitCode.DONE;
  }
}
