package org.inferchip.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program in a process of its own, which may be killed or run out of disk. */
final class ChildProgram {
  private ChildProgram() {}

  /** Words that start it with some arguments. */
  static List<String> words(final String... arguments) {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()),
            Stream.of(arguments))
        .toList();
  }
}
