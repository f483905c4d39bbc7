package org.inferchip.explore.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inferchip.units.InvalidInputException;
import org.sqlite.SQLiteConfig;

/**
 * The points of a sweep in an SQLite file, one transaction a point. Table {@code point} has a row
 * for each that is finished, table {@code meta} says of which sweep they are. Nothing in them
 * depends on the order in which points finished, on the time of day or on the machine.
 *
 * <p>While a sweep runs the file has a write-ahead log, so that a point costs one write to the end
 * of a file, flushed to the disk, and the connection holds the file for itself, so that two
 * processes cannot do the same points. A process that is killed leaves the log beside the file, and
 * the next to open it takes the finished points from there. A sweep that ends folds the log in, and
 * the store is one file again.
 *
 * <p>Every row carries a checksum of its values besides what SQLite itself checks. A store that is
 * damaged or of another sweep is refused and never written.
 */
final class Store implements AutoCloseable {
  private static final String FORMAT = "1";
  private static final int BUSY_MILLIS = 500;

  private final String name;
  private final Connection connection;
  private final Columns columns;
  private final PreparedStatement insert;

  private Store(
      final String name,
      final Connection connection,
      final Columns columns,
      final PreparedStatement insert) {
    this.name = name;
    this.connection = connection;
    this.columns = columns;
    this.insert = insert;
  }

  /**
   * Opens the store of a sweep.
   *
   * @param file empty: in memory, for a sweep that need not go on
   * @param resume whether the file may have points already
   * @param identity what must be the same to go on, by name
   * @throws InvalidInputException if it is of another sweep, damaged, held by another process, or
   *     cannot be written
   */
  static Store open(
      final Optional<Path> file,
      final boolean resume,
      final Columns columns,
      final Map<String, String> identity) {
    file.ifPresent(path -> check(path, resume));
    final String name = file.map(Path::toString).orElse("memory");
    Connection connection = null;
    try {
      connection = connect(file);
      prepare(connection, name, columns, identity);
      return new Store(name, connection, columns, StoreSql.insert(connection, columns));
    } catch (final SQLException e) {
      closed(connection);
      throw StoreFault.of(name, e);
    } catch (final InvalidInputException e) {
      closed(connection);
      throw e;
    }
  }

  private static void check(final Path file, final boolean resume) {
    final Path parent = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || parent == null || !Files.isDirectory(parent)) {
      final boolean folder = Files.isDirectory(file);
      throw StoreFault.because(
          file.toString(),
          folder ? "the store is a folder" : "the folder of the store is not there",
          folder ? "a folder" : String.valueOf(parent),
          folder ? "a file" : "a folder that exists");
    }
    if (!Files.exists(file)) {
      return;
    }
    if (!isWritable(file)) {
      throw StoreFault.because(
          file.toString(), "the store is read-only", "no right to write it", "a file to write");
    }
    if (!resume && size(file) > 0) {
      throw StoreFault.because(
          file.toString(),
          "there is a store already",
          size(file) + " bytes",
          "--resume to go on with it, or another file");
    }
  }

  private static long size(final Path file) {
    try {
      return Files.size(file);
    } catch (final IOException e) {
      return 0;
    }
  }

  /** Also for users whom the system lets write everything. */
  private static boolean isWritable(final Path file) {
    try {
      final Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
      return Files.isWritable(file)
          && (rights.contains(PosixFilePermission.OWNER_WRITE)
              || rights.contains(PosixFilePermission.GROUP_WRITE)
              || rights.contains(PosixFilePermission.OTHERS_WRITE));
    } catch (final IOException | UnsupportedOperationException e) {
      return Files.isWritable(file);
    }
  }

  private static Connection connect(final Optional<Path> file) throws SQLException {
    final SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
    final String url = "jdbc:sqlite:" + file.map(Path::toString).orElse(":memory:");
    return config.createConnection(url);
  }

  private static void prepare(
      final Connection connection,
      final String name,
      final Columns columns,
      final Map<String, String> identity)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      final List<String> tables = StoreSql.strings(statement, StoreSql.TABLES);
      final List<String> faults =
          tables.isEmpty() ? List.of("ok") : StoreSql.strings(statement, "PRAGMA integrity_check");
      if (!faults.equals(List.of("ok"))) {
        throw StoreFault.because(
            name, "the store is damaged", faults.get(0), "a copy of it, or another file");
      }
      if (!tables.isEmpty() && !tables.equals(List.of("meta", "point"))) {
        throw StoreFault.because(
            name,
            "is no store of a sweep",
            "a database with " + String.join(", ", tables),
            "tables meta and point");
      }
      statement.execute("PRAGMA journal_mode = WAL");
      // Not of the connection's own settings: those may read the file before it is held for itself,
      // and then the log would need a shared memory file, and room for it.
      statement.execute("PRAGMA synchronous = FULL");
      connection.setAutoCommit(false);
      final Map<String, String> own = new LinkedHashMap<>();
      own.put("format", FORMAT);
      own.putAll(identity);
      if (tables.isEmpty()) {
        StoreSql.create(statement, columns, own);
        connection.commit();
      } else {
        same(name, StoreSql.meta(statement), own);
        // Takes the lock that readers alone would not take.
        statement.execute("UPDATE meta SET value = value WHERE key = 'format'");
        connection.commit();
      }
    }
  }

  private static void same(
      final String name, final Map<String, String> found, final Map<String, String> due) {
    due.forEach(
        (key, value) -> {
          if (!value.equals(found.get(key))) {
            throw StoreFault.because(
                name,
                "the store is of another sweep: its " + key + " is not this one's",
                String.valueOf(found.get(key)),
                value);
          }
        });
  }

  /** The rows so far, by point. */
  List<Row> rows() {
    final List<Row> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT * FROM point ORDER BY point")) {
      while (found.next()) {
        rows.add(StoreSql.row(found, columns, name));
      }
      return rows;
    } catch (final SQLException e) {
      throw StoreFault.of(name, e);
    }
  }

  /**
   * Keeps a row for good.
   *
   * @throws InvalidInputException if it cannot be kept; those before it are
   */
  void add(final Row row) {
    try {
      StoreSql.bind(insert, row, columns);
      insert.executeUpdate();
      connection.commit();
    } catch (final SQLException e) {
      throw StoreFault.of(name, e);
    }
  }

  /** For tests: how large the file may become, as on a disk that is nearly full. */
  void limitPages(final int pages) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA max_page_count = " + pages);
    } catch (final SQLException e) {
      throw StoreFault.of(name, e);
    }
  }

  /** Folds the log into the file. Where there is no room for that it stays beside it. */
  @Override
  public void close() {
    try {
      insert.close();
      connection.rollback();
      connection.setAutoCommit(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = DELETE");
      }
    } catch (final SQLException e) {
      // The points are in the log, from which the next to open the store takes them.
    } finally {
      closed(connection);
    }
  }

  private static void closed(final Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (final SQLException e) {
      // Nothing is lost: every point was committed by itself.
    }
  }
}
