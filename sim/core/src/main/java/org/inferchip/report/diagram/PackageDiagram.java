package org.inferchip.report.diagram;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.Die;
import org.inferchip.arch.DieLinks;
import org.inferchip.arch.Grid;
import org.inferchip.report.Picture;
import org.inferchip.units.Dimension;

/**
 * The dies of a package with what stands on each, the external memory at the dies that have its
 * controllers, and the links between dies with the bandwidth of each. Dies in a line or ring stand
 * in one row or two, those of a mesh or torus in their grid; where links are not described, cores
 * are on the first kind of die and memory at the last. Links out of the package leave the last kind
 * where there is one of it.
 */
public final class PackageDiagram {
  private static final double GAP = 14;
  private static final double WIDTH = 216;
  private static final double CELLS = 54;

  /** Between dies, with the label of their link in it. */
  private static final double BETWEEN = 96;

  private static final int MOST_IN_A_ROW = 4;
  private static final int MOST_CELLS = 128;

  private final Chip chip;
  private final Optional<DieLinks> links;
  private final String withCores;
  private final String withMemory;
  private final Sheet sheet;

  private PackageDiagram(final Chip chip, final Sheet sheet) {
    this.sheet = sheet;
    this.chip = chip;
    links = chip.dieLinks();
    final List<Die> dies = chip.dies();
    withCores = links.map(DieLinks::cores).orElse(dies.get(0).name());
    withMemory = links.map(DieLinks::memory).orElse(dies.get(dies.size() - 1).name());
  }

  /** Whether a chip has more than one die. */
  public static boolean suits(final Chip chip) {
    return chip.dies().stream().mapToInt(Die::count).sum() > 1;
  }

  /** The diagram of a package. */
  public static Picture of(final Chip chip) {
    return sheet(chip).picture();
  }

  static Sheet sheet(final Chip chip) {
    return Sheet.drawn(sheet -> new PackageDiagram(chip, sheet).draw());
  }

  private void draw() {
    double y = Sheet.MARGIN + 18;
    sheet.text(Sheet.MARGIN, y, 18, true, chip.description());
    y += 20;
    sheet.text(Sheet.MARGIN, y, 12, false, words());
    y += GAP + 4;
    for (final Die die : chip.dies()) {
      y = kind(die, y) + (die.equals(chip.dies().get(chip.dies().size() - 1)) ? 0 : 3 * GAP);
    }
  }

  private String words() {
    return links
        .map(
            all ->
                all.kind()
                    + " between dies: "
                    + Labels.rate(all.bandwidth())
                    + " out of each, "
                    + Labels.show(all.latency(), Dimension.SECONDS)
                    + ", "
                    + Labels.words(all.topology()))
        .orElse("Links between dies are not described: all cores are as near to all memory.");
  }

  /** All dies of one kind, from a height down; gives where they end. */
  private double kind(final Die die, final double top) {
    final boolean linked =
        links.isPresent() && (die.name().equals(withCores) || die.name().equals(withMemory));
    final int columns = columns(die, linked);
    final int rows = (die.count() + columns - 1) / columns;
    final List<String> lines = lines(die);
    final boolean cores = die.name().equals(withCores);
    final double height = Sheet.height(lines.size()) + (cores ? CELLS : 0);
    final boolean stacks = die.name().equals(withMemory) && chip.memory().isPresent();
    final double stack = stacks ? Sheet.height(2) + 2 * GAP : 0;
    final double pitch = WIDTH + (linked ? BETWEEN : GAP);
    final boolean above = stacks && rows == 2;
    double y = top;
    for (int row = 0; row < rows; row++) {
      final boolean up = above && row == 0;
      final double at = y + (up ? stack : 0);
      for (int column = 0; column < Math.min(columns, die.count() - row * columns); column++) {
        final double x = Sheet.MARGIN + column * pitch;
        sheet.block(new Rectangle2D.Double(x, at, WIDTH, height), Fill.DIE, lines);
        if (cores) {
          sheet.cells(
              new Rectangle2D.Double(
                  x + GAP, at + Sheet.height(lines.size()) - 4, WIDTH - 2 * GAP, CELLS),
              Math.min(MOST_CELLS, perDie(die)),
              Fill.MATRIX);
        }
        if (stacks) {
          stack(x, up ? y : at + height + 2 * GAP, up ? at : at + height, up);
        }
        if (linked && column + 1 < Math.min(columns, die.count() - row * columns)) {
          across(x + WIDTH, at + height / 2);
        }
        if (linked && row + 1 < rows && down(die, column, columns)) {
          down(x + WIDTH / 2, at + height + (up ? 0 : stack), rows == 2 ? 0 : stack);
        }
      }
      y =
          at
              + height
              + (up || !stacks ? 0 : stack)
              + (row + 1 < rows ? linked ? BETWEEN / 1.6 : GAP : 0);
    }
    return y;
  }

  /** Whether the die under this one is its neighbour: in a ring of two rows at its ends only. */
  private boolean down(final Die die, final int column, final int columns) {
    final boolean grid = links.orElseThrow().topology().dimensions() > 1;
    return grid || column == columns - 1 || column == 0 && die.count() % columns == 0;
  }

  private int columns(final Die die, final boolean linked) {
    if (linked && links.get().topology().dimensions() > 1) {
      return Grid.factors(die.count(), 2)[1];
    }
    final boolean ring = linked && links.get().topology().wraps() && die.count() > 3;
    return ring ? (die.count() + 1) / 2 : Math.min(MOST_IN_A_ROW, die.count());
  }

  private int perDie(final Die die) {
    final int all = chip.coreCount();
    return Math.max(1, all / die.count());
  }

  private List<String> lines(final Die die) {
    final List<String> lines = new ArrayList<>();
    lines.add(die.name());
    lines.add(
        Labels.show(die.area(), Dimension.SQUARE_MILLIMETRES) + ", " + die.process(chip).name());
    if (die.name().equals(withCores)) {
      for (final CoreGroup group : chip.cores()) {
        final int count = Math.max(1, group.count() / die.count());
        lines.add(String.format(Locale.ROOT, "%,d × %s", count, group.name()));
        lines.add(
            Labels.show(count * group.local().capacity(), Dimension.BYTES) + " in their memories");
      }
    }
    if (die.name().equals(withMemory)) {
      chip.shared()
          .ifPresent(
              shared ->
                  lines.add(
                      Labels.show(shared.capacity() / die.count(), Dimension.BYTES)
                          + " of the shared level"));
    }
    if (die.count() == 1 && die.equals(chip.dies().get(chip.dies().size() - 1))) {
      chip.scaleUp().ifPresent(all -> lines.add(all.kind() + " " + Labels.rate(all.bandwidth())));
      chip.host()
          .ifPresent(all -> lines.add("host: " + all.kind() + " " + Labels.rate(all.bandwidth())));
    }
    return Sheet.broken(lines, WIDTH);
  }

  private void stack(final double x, final double y, final double edge, final boolean up) {
    final var memory = chip.memory().orElseThrow();
    final int dies =
        chip.dies().stream()
            .filter(die -> die.name().equals(withMemory))
            .mapToInt(Die::count)
            .sum();
    sheet.block(
        new Rectangle2D.Double(x, y, WIDTH, Sheet.height(2)),
        Fill.MEMORY,
        List.of(
            memory.kind() + " " + Labels.show(memory.capacity() / dies, Dimension.BYTES),
            Labels.rate(memory.bandwidth() / dies)));
    final double near = up ? y + Sheet.height(2) : y;
    sheet.arrow(x + WIDTH / 2, Math.min(near, edge), x + WIDTH / 2, Math.max(near, edge));
  }

  private void across(final double x, final double y) {
    sheet.arrow(x, y, x + BETWEEN, y);
    sheet.text(x + 10, y - 8, 12, false, Labels.rate(linkRate()));
  }

  private void down(final double x, final double y, final double more) {
    sheet.arrow(x, y, x, y + BETWEEN / 1.6 + more);
    sheet.text(x + 8, y + BETWEEN / 3.2 + 4, 12, false, Labels.rate(linkRate()));
  }

  /** Of one link between two dies, each way. */
  private double linkRate() {
    final DieLinks all = links.orElseThrow();
    final int ports = 2 * all.topology().dimensions();
    return all.bandwidth() / Math.max(1, ports);
  }
}
