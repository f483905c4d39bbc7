package org.inferchip.explore.sweep;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** The tables of a store. */
final class StoreSql {
  static final String TABLES =
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1";

  private static final List<String> OWN = List.of("point", "status", "reason", "feasible");
  private static final String SEAL = "checksum";

  private StoreSql() {}

  static void create(
      final Statement statement, final Columns columns, final Map<String, String> meta)
      throws SQLException {
    statement.execute(
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
    final String typed =
        columns.all().stream()
            .map(column -> ", " + quoted(column.name()) + " " + column.type())
            .collect(Collectors.joining());
    statement.execute(
        "CREATE TABLE point (point INTEGER PRIMARY KEY, status TEXT NOT NULL,"
            + " reason TEXT NOT NULL, feasible INTEGER NOT NULL"
            + typed
            + ", "
            + SEAL
            + " INTEGER NOT NULL)");
    final String insert = "INSERT INTO meta VALUES (?, ?)";
    try (PreparedStatement one = statement.getConnection().prepareStatement(insert)) {
      for (final Map.Entry<String, String> entry : meta.entrySet()) {
        one.setString(1, entry.getKey());
        one.setString(2, entry.getValue());
        one.executeUpdate();
      }
    }
  }

  static Map<String, String> meta(final Statement statement) throws SQLException {
    final Map<String, String> meta = new LinkedHashMap<>();
    try (ResultSet found = statement.executeQuery("SELECT key, value FROM meta")) {
      while (found.next()) {
        meta.put(found.getString(1), found.getString(2));
      }
    }
    return meta;
  }

  static List<String> strings(final Statement statement, final String query) throws SQLException {
    final List<String> strings = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        strings.add(found.getString(1));
      }
    }
    return strings;
  }

  static PreparedStatement insert(final Connection connection, final Columns columns)
      throws SQLException {
    final int values = OWN.size() + columns.all().size() + 1;
    return connection.prepareStatement(
        "INSERT INTO point VALUES (?" + ", ?".repeat(values - 1) + ")");
  }

  static void bind(final PreparedStatement insert, final Row row, final Columns columns)
      throws SQLException {
    insert.setInt(1, row.point());
    insert.setString(2, row.status().name().toLowerCase(Locale.ROOT));
    insert.setString(3, row.reason());
    insert.setInt(4, row.feasible() ? 1 : 0);
    int place = OWN.size();
    for (final Object value : row.values()) {
      final Column column = columns.all().get(place - OWN.size());
      place++;
      if (value == null) {
        insert.setNull(place, Types.NULL);
      } else if (column.type() == Column.Type.TEXT) {
        insert.setString(place, (String) value);
      } else if (column.type() == Column.Type.INTEGER) {
        insert.setLong(place, (Long) value);
      } else {
        insert.setDouble(place, (Double) value);
      }
    }
    insert.setLong(place + 1, seal(row));
  }

  static Row row(final ResultSet found, final Columns columns, final String store)
      throws SQLException {
    final List<Object> values = new ArrayList<>();
    int place = OWN.size();
    for (final Column column : columns.all()) {
      place++;
      final Object value =
          switch (column.type()) {
            case TEXT -> found.getString(place);
            case INTEGER -> found.getLong(place);
            case REAL -> found.getDouble(place);
          };
      values.add(found.wasNull() ? null : value);
    }
    final Row row =
        new Row(
            found.getInt(1),
            Row.Status.valueOf(found.getString(2).toUpperCase(Locale.ROOT)),
            found.getString(3),
            found.getInt(4) == 1,
            values);
    if (found.getLong(place + 1) != seal(row)) {
      throw StoreFault.because(
          store,
          "the store is damaged: a value of point " + row.point() + " is not the one that was kept",
          "another checksum",
          "a copy of it, or another file");
    }
    return row;
  }

  /** Of everything in a row; doubles by their bits. */
  private static long seal(final Row row) {
    final StringBuilder text = new StringBuilder();
    text.append(row.point()).append('|').append(row.status()).append('|').append(row.reason());
    text.append('|').append(row.feasible());
    for (final Object value : row.values()) {
      text.append('|').append(value instanceof final Double d ? Double.doubleToLongBits(d) : value);
    }
    final CRC32 sum = new CRC32();
    sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
    return sum.getValue();
  }

  private static String quoted(final String name) {
    return '"' + name + '"';
  }
}
