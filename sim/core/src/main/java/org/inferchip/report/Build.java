package org.inferchip.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which build of the program this is; part of every result.
 *
 * @param version the project's version
 * @param revision the git revision built, with {@code -dirty} after it when files differed from it,
 *     or {@code unknown} when it was built outside a git checkout
 */
public record Build(String version, String revision) {
  private static final String FILE = "build.properties";

  /** The build that is running. */
  public static Build current() {
    final Properties properties = new Properties();
    try (InputStream file = Build.class.getResourceAsStream(FILE)) {
      properties.load(file);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(properties);
  }

  static Build of(final Properties properties) {
    final String revision = properties.getProperty("revision");
    if (revision.startsWith("$")) { // left as written: there was no git checkout to ask
      return new Build(properties.getProperty("version"), "unknown");
    }
    final boolean dirty = Boolean.parseBoolean(properties.getProperty("dirty"));
    return new Build(properties.getProperty("version"), dirty ? revision + "-dirty" : revision);
  }
}
