package org.inferchip.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The frame of every page: one file with its style and script, which needs no network. */
public final class HtmlPage {
  private HtmlPage() {}

  /**
   * A page.
   *
   * @param title of the window
   * @param body HTML
   */
  public static String of(final String title, final String body) {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>"
        + Html.escape(title)
        + "</title>\n<style>\n"
        + resource("page.css")
        + "</style></head><body>\n<main>\n"
        + body
        + "</main>\n<div id=\"tip\" role=\"status\"></div>\n<script>\n"
        + resource("page.js")
        + "</script></body></html>\n";
  }

  /** The last section: what makes the result again, and the program that did. */
  public static String reproduce(
      final String command, final String version, final String revision, final String seed) {
    return "<h2 id=\"reproduce\">Reproduce</h2>\n<p><code>"
        + Html.escape(command)
        + "</code></p>\n<p class=\"note\">inferchip "
        + Html.escape(version)
        + ", revision "
        + Html.escape(revision)
        + (seed.isEmpty() ? "" : "; seed " + Html.escape(seed))
        + "; the same command gives the same numbers on any number of threads.</p>\n";
  }

  private static String resource(final String name) {
    try (InputStream file = HtmlPage.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
