package org.inferchip.report;

/** Small helpers for HTML text. */
public final class Html {
  private Html() {}

  /** Text with the five special characters escaped. */
  public static String escape(final String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /**
   * An SVG as the address of an image, which needs no file: a text in which what would end an
   * address or attribute is escaped, a quarter shorter than in base 64.
   */
  static String image(final String svg) {
    return "data:image/svg+xml;charset=utf-8,"
        + svg.replaceAll("\\n\\s*", " ")
            .replace("%", "%25")
            .replace("#", "%23")
            .replace("\"", "%22")
            .replace("&", "%26")
            .replace("<", "%3C")
            .replace(">", "%3E");
  }
}
