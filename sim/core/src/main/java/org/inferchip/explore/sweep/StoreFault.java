package org.inferchip.explore.sweep;

import java.sql.SQLException;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/** What is said of stores that cannot be used. */
final class StoreFault {
  private static final int PRIMARY_CODE = 0xFF;

  private StoreFault() {}

  static InvalidInputException because(
      final String store, final String what, final String found, final String expected) {
    return new InvalidInputException(Problem.ofFile(store, what).but(found, expected));
  }

  /** What SQLite could not do, in words; see its list of result codes. */
  static InvalidInputException of(final String store, final SQLException e) {
    final String found = String.valueOf(e.getMessage());
    return switch (e.getErrorCode() & PRIMARY_CODE) {
      case 5, 6 ->
          because(store, "the store is in use by another process", found, "one sweep at a time");
      case 8 -> because(store, "the store is read-only", found, "a file that can be written");
      case 10 ->
          because(
              store,
              "the store cannot be read or written; points that were finished are kept",
              found,
              "a disk that works, then --resume");
      case 11, 26 -> because(store, "the store is damaged", found, "a copy of it, or another file");
      case 13 ->
          because(
              store,
              "the disk is full; points that were finished are kept",
              found,
              "more room, then --resume");
      case 14 -> because(store, "the store cannot be opened", found, "a file that can be written");
      default -> because(store, "the store cannot be used", found, "");
    };
  }
}
