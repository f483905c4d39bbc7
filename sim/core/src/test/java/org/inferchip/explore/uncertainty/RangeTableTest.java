package org.inferchip.explore.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.inferchip.arch.Source;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.junit.jupiter.api.Test;

/** The shipped table, against the descriptions that are shipped. */
class RangeTableTest {
  private static final Descriptions PACKED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));
  private static final RangeTable TABLE =
      PACKED.read(RangeTable.KIND, RangeTable.SHIPPED, Overrides.none()).value();

  private static Survey survey(final String system) {
    return Survey.of(PACKED.system(system, Optional.empty(), Overrides.none()), TABLE);
  }

  private static Variable variable(final String system, final String path) {
    return survey(system).variables().stream()
        .filter(one -> one.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldGiveEveryShippedSystemRangesThatHoldItsNumbers() {
    final TreeSet<String> used = new TreeSet<>();
    for (final Kind<?> kind : new Kind<?>[] {Kind.CHIP, Kind.SYSTEM}) {
      for (final String name : PACKED.catalog().names(kind.folder(), Catalog.YAML)) {
        for (final Variable one : survey(name).variables()) {
          assertTrue(one.low() <= one.stated() && one.stated() <= one.high(), one.toString());
          assertTrue(one.low() > 0, one.toString());
          assertEquals(one.stated(), one.at(0.5), 0.35 * one.stated(), one.toString());
          Kinds.of(Kinds.key(one.path()), TABLE).ifPresent(found -> used.add(found.name()));
        }
      }
    }
    final TreeSet<String> unused = new TreeSet<>(TABLE.kinds().keySet());
    unused.removeAll(used);
    assertEquals(new TreeSet<>(), unused, "kinds of no number that is shipped");
  }

  @Test
  void shouldTakeTheBusyFloorOfAnEstimateAsAnythingFromSevenToFiftyPercentOfTheLimit() {
    final Variable floor = variable("groq-lpu", "chip.power.busy_floor");
    assertEquals(Source.Mark.ESTIMATE, floor.mark());
    assertEquals(0.07 * 300, floor.low(), 1e-9);
    assertEquals(0.5 * 300, floor.high(), 1e-9);
  }

  @Test
  void shouldPreferWhatASourceStates() {
    final Variable floor = variable("b200-sxm", "chip.power.busy_floor");
    assertEquals(200, floor.low(), 1e-9);
    assertEquals(500, floor.high(), 1e-9);
    final Variable rental = variable("h100-sxm", "chip.cost.rental");
    assertEquals(5, rental.high(), 1e-9);
  }

  @Test
  void shouldTakeDataSheetsThatWereReadAsExact() {
    assertTrue(
        survey("h100-sxm").variables().stream()
            .map(Variable::path)
            .collect(Collectors.toSet())
            .stream()
            .noneMatch(path -> path.equals("chip.power.tdp")));
  }
}
