package org.inferchip.cli;

import org.inferchip.report.Build;

/** What this program says of itself. */
final class BuildInfo {
  private BuildInfo() {}

  /** One line: version, git revision, Java version. */
  static String text() {
    final Build build = Build.current();
    return "inferchip "
        + build.version()
        + " ("
        + build.revision()
        + "), Java "
        + Runtime.version();
  }
}
