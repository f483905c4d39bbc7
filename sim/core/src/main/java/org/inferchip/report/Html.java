package org.inferchip.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

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

  /** An SVG as the address of an image, which needs no file. */
  static String image(final String svg) {
    return "data:image/svg+xml;base64,"
        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }
}
