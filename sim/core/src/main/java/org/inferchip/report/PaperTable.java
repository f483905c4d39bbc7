package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table for a paper: the first column is of names, the others of figures.
 *
 * @param name of its files and of its LaTeX label
 * @param caption a sentence without its full stop
 * @param header one cell a column
 * @param rows as many cells each
 */
public record PaperTable(
    String name, String caption, List<String> header, List<List<String>> rows) {
  private static final Map<Character, String> LATEX =
      Map.ofEntries(
          Map.entry('\\', "\\textbackslash{}"),
          Map.entry('{', "\\{"),
          Map.entry('}', "\\}"),
          Map.entry('$', "\\$"),
          Map.entry('&', "\\&"),
          Map.entry('#', "\\#"),
          Map.entry('%', "\\%"),
          Map.entry('_', "\\_"),
          Map.entry('^', "\\textasciicircum{}"),
          Map.entry('~', "\\textasciitilde{}"),
          Map.entry('<', "\\textless{}"),
          Map.entry('>', "\\textgreater{}"),
          Map.entry('–', "--"),
          Map.entry('×', "$\\times$"),
          Map.entry('µ', "\\textmu{}"),
          Map.entry('\n', " "));

  /** Checks that rows and header match. */
  public PaperTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (final List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(row + " is no row of " + header);
      }
    }
  }

  /** The table as GitHub shows it. */
  String markdown() {
    final StringBuilder text = new StringBuilder(caption).append(":\n\n").append(line(header));
    text.append("| --- |").append(" ---: |".repeat(header.size() - 1)).append('\n');
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(final List<String> cells) {
    return cells.stream()
        .map(PaperTable::markdown)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String markdown(final String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("\n", " ");
  }

  /** The table for LaTeX with the package booktabs. */
  String latex() {
    final List<String> lines = new ArrayList<>();
    lines.add("\\begin{table}");
    lines.add("  \\centering\\small");
    lines.add("  \\caption{" + latex(caption) + ".}");
    lines.add("  \\label{tab:" + name.replaceAll("[^A-Za-z0-9]+", "-") + "}");
    lines.add("  \\begin{tabular}{l" + "r".repeat(header.size() - 1) + "}");
    lines.add("    \\toprule");
    lines.add("    " + latex(header));
    lines.add("    \\midrule");
    rows.forEach(row -> lines.add("    " + latex(row)));
    lines.add("    \\bottomrule");
    lines.add("  \\end{tabular}");
    lines.add("\\end{table}");
    return String.join("\n", lines) + "\n";
  }

  private static String latex(final List<String> cells) {
    return cells.stream().map(PaperTable::latex).collect(Collectors.joining(" & ", "", " \\\\"));
  }

  /** Text in LaTeX; a bracket at its start would be an option of the line break before it. */
  private static String latex(final String text) {
    final StringBuilder escaped = new StringBuilder(text.startsWith("[") ? "{}" : "");
    for (final char letter : text.toCharArray()) {
      escaped.append(LATEX.getOrDefault(letter, String.valueOf(letter)));
    }
    return escaped.toString();
  }
}
