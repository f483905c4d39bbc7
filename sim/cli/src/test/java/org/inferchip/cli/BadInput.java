package org.inferchip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One bad input: files, a command line, and what the message must say. In the command line and in
 * the expected words, {@code DIR} stands for the folder that holds the files.
 */
final class BadInput {
  private final String name;
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<String> folders = new ArrayList<>();
  private final List<String> line = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  private BadInput(final String name) {
    this.name = name;
  }

  /** Starts a row with a name of its own. */
  static BadInput named(final String name) {
    return new BadInput(name);
  }

  /** A text file to make first. */
  BadInput file(final String path, final String text) {
    return file(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** A file of any bytes to make first. */
  BadInput file(final String path, final byte[] bytes) {
    files.put(path, bytes);
    return this;
  }

  /** A folder to make first. */
  BadInput folder(final String path) {
    folders.add(path);
    return this;
  }

  /** The command line, one word an argument. */
  BadInput run(final String... arguments) {
    line.addAll(List.of(arguments));
    return this;
  }

  /** What standard error must hold: the place and what is wrong. */
  BadInput says(final String... fragments) {
    words.addAll(List.of(fragments));
    return this;
  }

  void makeFiles(final Path folder) throws IOException {
    for (final String path : folders) {
      Files.createDirectories(folder.resolve(path));
    }
    for (final Map.Entry<String, byte[]> file : files.entrySet()) {
      final Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  String[] line(final Path folder) {
    return in(folder, line).toArray(String[]::new);
  }

  List<String> words(final Path folder) {
    return in(folder, words);
  }

  private static List<String> in(final Path folder, final List<String> texts) {
    return texts.stream().map(text -> text.replace("DIR", folder.toString())).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
