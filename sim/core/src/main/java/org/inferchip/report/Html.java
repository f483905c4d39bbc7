package org.inferchip.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Small helpers for HTML text. */
final class Html {
  private Html() {}

  /** Text with the five special characters escaped. */
  static String escape(final String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A table row of header cells. */
  static String header(final String... cells) {
    final StringBuilder row = new StringBuilder("<tr>");
    for (final String cell : cells) {
      row.append("<th>").append(escape(cell)).append("</th>");
    }
    return row.append("</tr>\n").toString();
  }

  /** A table row whose first cell is its name. */
  static String row(final String... cells) {
    final StringBuilder row = new StringBuilder("<tr>");
    for (int i = 0; i < cells.length; i++) {
      final String tag = i == 0 ? "th" : "td";
      row.append('<').append(tag).append('>').append(escape(cells[i]));
      row.append("</").append(tag).append('>');
    }
    return row.append("</tr>\n").toString();
  }

  /** An SVG as the address of an image, which needs no file. */
  static String image(final String svg) {
    return "data:image/svg+xml;base64,"
        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }
}
