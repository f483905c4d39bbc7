package org.inferchip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PaperTableTest {
  private static final PaperTable TABLE =
      new PaperTable(
          "operators-h100_sxm",
          "50 % of {x} & $y",
          List.of("operator", "share", "a|b [µs]"),
          List.of(
              List.of("gate_up_proj", "39.2 %", "47.90"), List.of("[a]\\b", "–", "2 × ~3 < 4^#")));

  @Test
  void shouldWriteLatexThatCompiles() {
    assertEquals(
        """
        \\begin{table}
          \\centering\\small
          \\caption{50 \\% of \\{x\\} \\& \\$y.}
          \\label{tab:operators-h100-sxm}
          \\begin{tabular}{lrr}
            \\toprule
            operator & share & a|b [\\textmu{}s] \\\\
            \\midrule
            gate\\_up\\_proj & 39.2 \\% & 47.90 \\\\
            {}[a]\\textbackslash{}b & -- & 2 $\\times$ \\textasciitilde{}3 \\textless{} \
        4\\textasciicircum{}\\# \\\\
            \\bottomrule
          \\end{tabular}
        \\end{table}
        """,
        TABLE.latex());
  }

  @Test
  void shouldWriteMarkdownAsGithubShowsIt() {
    assertEquals(
        """
        50 % of {x} & $y:

        | operator | share | a\\|b [µs] |
        | --- | ---: | ---: |
        | gate\\_up\\_proj | 39.2 % | 47.90 |
        | [a]\\\\b | – | 2 × ~3 &lt; 4^# |
        """,
        TABLE.markdown());
  }

  @Test
  void shouldRefuseARowOfAnotherLength() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new PaperTable("t", "t", List.of("a", "b"), List.of(List.of("only one"))));
  }
}
