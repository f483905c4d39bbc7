package org.inferchip.explore.sweep;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of a sweep's table: what a point is, then its figures. */
public final class Columns {
  private final List<Column> all;
  private final Map<String, Integer> places = new HashMap<>();

  Columns(final List<Column> all) {
    this.all = List.copyOf(all);
    for (int i = 0; i < all.size(); i++) {
      places.put(all.get(i).name(), i);
    }
  }

  /** In order. */
  public List<Column> all() {
    return all;
  }

  /** The names in order. */
  public List<String> names() {
    return all.stream().map(Column::name).toList();
  }

  /** The column of a name. */
  public Column column(final String name) {
    return all.get(places.get(name));
  }

  /** The value of a row; null where it has none. */
  public Object value(final Row row, final String name) {
    return row.values().get(places.get(name));
  }

  /** A number of a row; NaN where it has none. */
  public double number(final Row row, final String name) {
    return value(row, name) instanceof final Number number ? number.doubleValue() : Double.NaN;
  }
}
