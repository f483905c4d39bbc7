package org.inferchip.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.report.Comparison;
import org.inferchip.report.PaperTables;
import org.inferchip.report.Result;
import org.inferchip.report.ResultFolder;
import org.inferchip.report.ResultReader;
import org.inferchip.report.ResultWriter;
import org.inferchip.report.TimelineFile;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code report}: the charts, tables and page of results that stand in folders. */
@Command(
    name = "report",
    description = {
      "Draws the charts, tables and page of a result again, in its folder or in another.",
      "Several results are put side by side in another folder."
    },
    footer = {
      "  inferchip report reports/first --format md,latex",
      "  inferchip report reports/first reports/second --out reports/both"
    })
final class ReportCommand extends BaseCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Folders that run or compare wrote with --out.")
  private List<Path> folders = new ArrayList<>();

  @Mixin private PaperOptions papers;

  private final List<Result> results = new ArrayList<>();

  @Override
  protected void check(final Problems problems) {
    if (folders.size() > 1 && common().out().isEmpty()) {
      problems.add(
          Checks.at(
              "--out", "several results are put side by side elsewhere", "nothing", "a path"));
    }
    for (final Path folder : folders) {
      ResultReader.read(folder, problems).ifPresent(results::add);
    }
  }

  @Override
  protected Optional<Path> folder() {
    return common().out().or(() -> Optional.of(folders.get(0)));
  }

  @Override
  protected int run() {
    final Result result =
        results.size() == 1
            ? results.get(0)
            : Result.sideBySide(results, folders.stream().map(this::label).toList(), commandLine());
    final Comparison comparison = new Comparison(result.systems());
    comparison.caveats().forEach(this::message);
    withFolder(
        target -> {
          new ResultWriter(target).write(result);
          PaperTables.write(target, result, papers.forms());
          final List<String> files = target.files();
          if (results.size() == 1) {
            keepTimeline(target);
          }
          final Map<String, Object> json = new LinkedHashMap<>();
          json.put("folder", folder().orElseThrow().toString());
          json.put("systems", comparison.names());
          json.put("files", files);
          result(json, CompareCommand.table(comparison), files.size() + " files drawn");
        });
    return ExitCode.DONE;
  }

  private String label(final Path path) {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }

  /** A timeline cannot be drawn again without simulating, so the one that is there stays. */
  private void keepTimeline(final ResultFolder target) {
    final Path timeline = folders.get(0).resolve(TimelineFile.NAME);
    if (Files.isRegularFile(timeline)) {
      try {
        target.write(TimelineFile.NAME, Files.readAllBytes(timeline));
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
