package org.inferchip.report;

import java.util.List;

/**
 * A table of a page, sorted by a click (or Enter) on a header: of a column, or of a row where
 * systems stand side by side. A cell that is a {@link Figure} is sorted by its value, which the
 * page tells in full under the pointer.
 */
public final class HtmlTable {
  private final StringBuilder html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\">");
  private final boolean byRow;

  private HtmlTable(
      final String kind, final String caption, final boolean byRow, final List<String> header) {
    this.byRow = byRow;
    html.append("<table").append(kind.isEmpty() ? "" : " class=\"" + kind + "\"");
    html.append(byRow ? " data-by=\"row\">" : ">");
    if (!caption.isEmpty()) {
      html.append("<caption>").append(Html.escape(caption)).append("</caption>");
    }
    html.append("<thead><tr>");
    header.forEach(name -> html.append(head(name, "col", !byRow && !name.isEmpty())));
    html.append("</tr></thead>\n<tbody>\n");
  }

  /** A table whose rows are sorted by a column. */
  public static HtmlTable of(final String caption, final String... header) {
    return new HtmlTable("", caption, false, List.of(header));
  }

  /** A table whose columns are sorted by a row. */
  public static HtmlTable byRow(final String caption, final List<String> header) {
    return new HtmlTable("", caption, true, header);
  }

  /** A table of a look of its own, named in the page's style. */
  public static HtmlTable kind(final String kind, final String... header) {
    return new HtmlTable(kind, "", false, List.of(header));
  }

  /**
   * Adds a row.
   *
   * @param name its first cell
   * @param cells a {@link Figure} each, or any text
   */
  public HtmlTable row(final String name, final Object... cells) {
    return row(name, List.of(cells));
  }

  /** Adds a row. */
  public HtmlTable row(final String name, final List<?> cells) {
    html.append("<tr>").append(head(name, "row", byRow));
    for (final Object cell : cells) {
      final String value =
          cell instanceof Figure figure && Double.isFinite(figure.value())
              ? " data-v=\"" + Json.number(figure.value()) + '"'
              : "";
      html.append("<td").append(value).append('>').append(Html.escape(cell.toString()));
      html.append("</td>");
    }
    html.append("</tr>\n");
    return this;
  }

  /** The table, which scrolls in its own box where the page is narrow. */
  public String html() {
    return html + "</tbody></table></div>\n";
  }

  private static String head(final String name, final String scope, final boolean sorts) {
    final String text = Html.escape(name);
    return "<th scope=\""
        + scope
        + "\">"
        + (sorts ? "<button type=\"button\">" + text + "</button>" : text)
        + "</th>";
  }
}
