package org.inferchip.explore.uncertainty;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Source;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;

/**
 * How far a number may be off whose source does not say: by kind of quantity, and by how far the
 * source can be trusted. Numbers of no kind, and of kinds that say nothing of a mark, are taken as
 * exact.
 *
 * @param name of the table
 * @param description one line for a reader
 * @param kinds of quantities
 */
public record RangeTable(String name, String description, Map<String, Quantity> kinds) {
  /** Files of such tables. */
  public static final Kind<RangeTable> KIND =
      new Kind<>("ranges", "arch-configs/ranges", RangeTable.class, List.of());

  /** The name of the table that is shipped. */
  public static final String SHIPPED = "defaults";

  /** The table that is shipped. */
  static RangeTable shipped() {
    return Descriptions.here().read(KIND, SHIPPED, Overrides.none()).value();
  }

  /**
   * A kind of quantity.
   *
   * @param paths keys of a system, chip or stack, without indices; a path covers everything below
   *     it, and the longest of all kinds wins
   * @param ranges by mark of the source
   * @param distribution within the range; absent: log-normal
   * @param shared whether one market or nature moves all such numbers together: all systems get one
   *     draw
   * @param what the ranges rest on
   * @param mark how far that can be trusted
   */
  public record Quantity(
      List<String> paths,
      Map<Source.Mark, String> ranges,
      Optional<Source.Distribution> distribution,
      Optional<Boolean> shared,
      String what,
      Source.Mark mark) {}
}
