package org.inferchip.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.Spot;

/**
 * A chart as part of a page.
 *
 * @param name of its files
 * @param chart what was drawn
 * @param svg the drawing
 * @param spots what the page tells under the pointer
 */
public record ChartFigure(String name, Chart chart, String svg, List<Spot> spots) {
  private static final int MOST_NAMES = 8;

  /**
   * The figure: the picture, its values for the pointer and the arrow keys, and its data's file.
   */
  public String html() {
    final boolean wide = chart.width() > Chart.COLUMN;
    return "<figure"
        + (wide ? " class=\"wide\"" : "")
        + " tabindex=\"0\" data-width=\""
        + chart.width()
        + "\"><div class=\"picture\"><img width=\""
        + chart.width()
        + "\" height=\""
        + chart.height()
        + "\" alt=\""
        + Html.escape(description())
        + "\" src=\""
        + Html.image(svg)
        + "\"></div><script type=\"application/json\">"
        + spotsJson()
        + "</script></figure>\n";
  }

  /** What is to be seen, for who cannot see it. */
  private String description() {
    final List<String> names =
        chart.data().rows().stream().map(row -> row.get(0).toString()).distinct().toList();
    final String some =
        names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
            + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "");
    return "Chart: "
        + chart.title()
        + ". "
        + String.join(", ", chart.data().header())
        + ": "
        + some
        + ". Data: charts/"
        + name
        + ".csv. The arrow keys tell its values.";
  }

  private String spotsJson() {
    final List<List<Object>> all =
        spots.stream()
            .map(s -> List.<Object>of(s.x(), s.y(), s.width(), s.height(), s.text()))
            .toList();
    try {
      // "</" would end the script's element.
      return new ObjectMapper().writeValueAsString(all).replace("</", "<\\/");
    } catch (final JsonProcessingException e) {
      throw new IllegalStateException("our own JSON cannot be written", e);
    }
  }
}
