package org.inferchip.report.diagram;

import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.inferchip.arch.Chip;
import org.inferchip.arch.OnChipNetwork;
import org.inferchip.arch.OnChipNetwork.Site;
import org.inferchip.report.Picture;

/** The network on a die: routers in their grid, with the cores and memories that stand at them. */
public final class DieDiagram {
  private static final double SIDE = 38;
  private static final double PITCH = 54;
  private static final double STUB = 12;

  private final Chip chip;
  private final OnChipNetwork network;
  private final Sheet sheet;

  private DieDiagram(final Chip chip, final Sheet sheet) {
    this.sheet = sheet;
    this.chip = chip;
    network = chip.network().orElseThrow();
  }

  /** The diagram of a chip with a network on its die. */
  public static Picture of(final Chip chip) {
    return sheet(chip).picture();
  }

  static Sheet sheet(final Chip chip) {
    return Sheet.drawn(sheet -> new DieDiagram(chip, sheet).draw());
  }

  private void draw() {
    sheet.text(Sheet.MARGIN, Sheet.MARGIN + 18, 18, true, chip.description());
    final double wide = network.columns() * PITCH;
    double y = Sheet.MARGIN + 38;
    for (final String line : Sheet.broken(head(), wide)) {
      sheet.text(Sheet.MARGIN, y, 12, false, line);
      y += Sheet.LINE;
    }
    y += STUB;
    for (int row = 0; row < network.rows(); row++) {
      for (int column = 0; column < network.columns(); column++) {
        links(column, row, y);
      }
    }
    for (int row = 0; row < network.rows(); row++) {
      for (int column = 0; column < network.columns(); column++) {
        router(new Site(column, row), y);
      }
    }
  }

  private List<String> head() {
    final String ways =
        network.oneWay().orElse(false) ? "links go right and down" : "links go both ways";
    return List.of(
        String.format(
            Locale.ROOT,
            "%d × %d routers, %s; %s, %s each; %s",
            network.columns(),
            network.rows(),
            Labels.words(network.topology()),
            ways,
            Labels.rate(network.linkRate(chip)),
            network.networks().orElse(1) > 1
                ? "a second network goes the other way"
                : "one network"),
        String.format(
            Locale.ROOT,
            "%d %s (blue), %d memories of %s each (yellow), other routers white",
            chip.cores().get(0).count(),
            chip.cores().get(0).name(),
            network.memories().size(),
            Labels.rate(chip.memory().orElseThrow().bandwidth() / network.memories().size())));
  }

  /** To the next router right and down; a stub where the link goes round to the other side. */
  private void links(final int column, final int row, final double top) {
    final double x = Sheet.MARGIN + column * PITCH + SIDE / 2;
    final double y = top + row * PITCH + SIDE / 2;
    final boolean wraps = network.topology().wraps();
    if (column + 1 < network.columns()) {
      sheet.line(x, y, x + PITCH, y);
    } else if (wraps) {
      sheet.line(x, y, x + SIDE / 2 + STUB, y);
    }
    if (row + 1 < network.rows()) {
      sheet.line(x, y, x, y + PITCH);
    } else if (wraps && network.rows() > 1) {
      sheet.line(x, y, x, y + SIDE / 2 + STUB);
    }
  }

  private void router(final Site site, final double top) {
    final double x = Sheet.MARGIN + site.column() * PITCH;
    final double y = top + site.row() * PITCH;
    final int memory = network.memories().indexOf(site);
    sheet.frame(
        new Rectangle2D.Double(x, y, SIDE, SIDE),
        memory >= 0 ? Fill.MEMORY : core(site) >= 0 ? Fill.MATRIX : Fill.NONE);
    if (memory >= 0) {
      sheet.text(x + 8, y + SIDE / 2 + 4, 12, true, "M" + memory);
    } else if (core(site) >= 0) {
      sheet.text(x + 6, y + SIDE / 2 + 4, 11, false, Integer.toString(core(site)));
    }
  }

  /** The number of the core at a place; -1 where there is none. */
  private int core(final Site site) {
    final int column = network.coreColumns().indexOf(site.column());
    final int row = network.coreRows().indexOf(site.row());
    final int number = row * network.coreColumns().size() + column;
    return column < 0 || row < 0 || number >= chip.cores().get(0).count() ? -1 : number;
  }
}
