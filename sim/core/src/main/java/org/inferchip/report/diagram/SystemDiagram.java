package org.inferchip.report.diagram;

import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.FarMemory;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.ScaleUp.Islands;
import org.inferchip.arch.SystemDescription;
import org.inferchip.report.Picture;
import org.inferchip.units.Dimension;

/**
 * The chips of a system, in groups (boxes, pairs below a bridge) with the switches that join them,
 * or in the grid of their links; with the host and the memory behind the chips, and the rate of
 * every link.
 */
public final class SystemDiagram {
  private static final double GAP = 14;
  private static final double CHIP = 128;
  private static final double SMALL = 30;
  private static final double LEVEL = 44;

  /** More chips of a group than this are squares without words. */
  private static final int MOST_WITH_WORDS = 8;

  /** Groups that are drawn; there may be more of them. */
  private static final int MOST_GROUPS = 4;

  private static final int SMALL_GROUP = 2;

  private final SystemDescription system;
  private final Chip chip;
  private final Sheet sheet;

  private SystemDiagram(final SystemDescription system, final Sheet sheet) {
    this.sheet = sheet;
    this.system = system;
    chip = system.chip();
  }

  /** The diagram of a system. */
  public static Picture of(final SystemDescription system) {
    return sheet(system).picture();
  }

  static Sheet sheet(final SystemDescription system) {
    return Sheet.drawn(sheet -> new SystemDiagram(system, sheet).draw());
  }

  private void draw() {
    sheet.text(Sheet.MARGIN, Sheet.MARGIN + 18, 18, true, system.description());
    double y = Sheet.MARGIN + 40;
    for (final String line : head()) {
      sheet.text(Sheet.MARGIN, y, 12, false, line);
      y += Sheet.LINE;
    }
    final Optional<ScaleUp> links = chip.scaleUp().filter(all -> system.count() > 1);
    final boolean grid = links.map(all -> all.topology().dimensions() > 0).orElse(false);
    final double end =
        grid
            ? new ChipLattice(system, sheet, label()).draw(links.get(), Sheet.MARGIN, y)
            : boxes(links, y);
    behind(end);
  }

  private List<String> head() {
    final List<String> lines = new ArrayList<>();
    final double memory = chip.memory().map(all -> all.capacity()).orElseGet(() -> onChip());
    lines.add(
        String.format(Locale.ROOT, "%,d × %s: ", system.count(), chip.name())
            + Labels.show(system.count() * memory, Dimension.BYTES)
            + chip.memory()
                .map(
                    all ->
                        " " + all.kind() + " at " + Labels.rate(system.count() * all.bandwidth()))
                .orElse(" on chip")
            + ", chips of "
            + Labels.show(chip.power().tdp(), Dimension.WATTS));
    chip.scaleUp()
        .filter(all -> system.count() > 1)
        .ifPresent(
            all ->
                lines.add(
                    all.kind()
                        + ", "
                        + Labels.words(all.topology())
                        + ": "
                        + Labels.rate(all.bandwidth())
                        + " out of each chip, "
                        + Labels.show(all.latency(), Dimension.SECONDS)
                        + (all.topology().dimensions() > 0 ? " a hop" : "")));
    return lines;
  }

  private double onChip() {
    return chip.shared()
        .map(all -> all.capacity())
        .orElseGet(
            () ->
                chip.cores().stream()
                    .mapToDouble(cores -> cores.count() * cores.local().capacity())
                    .sum());
  }

  /** Groups of chips, each over its switch; leaves and spine under them. Gives where they end. */
  private double boxes(final Optional<ScaleUp> links, final double top) {
    final Optional<Islands> islands = links.flatMap(ScaleUp::islands);
    final int size =
        Math.min(
            system.count(), islands.map(Islands::size).orElse(links.map(ScaleUp::reach).orElse(1)));
    final int boxes = (system.count() + size - 1) / size;
    final int drawn = Math.min(MOST_GROUPS, boxes);
    final int columns = Math.min(drawn, size > SMALL_GROUP ? 2 : MOST_GROUPS);
    final double width = width(size) + 2 * GAP;
    final double height =
        Sheet.LINE + 1.5 * GAP + chips(size) + (size > 1 ? LEVEL - 6 + Sheet.height(2) : 0);
    double y = top;
    for (int box = 0; box < drawn; box++) {
      final double x = Sheet.MARGIN + box % columns * (width + GAP);
      y = top + box / columns * (height + GAP);
      final int here = Math.min(size, system.count() - box * size);
      box(new Rectangle2D.Double(x, y, width, height), here, links, boxes > 1 ? box : -1);
    }
    double end = y + height;
    if (boxes > drawn) {
      end += 2 * GAP;
      sheet.text(Sheet.MARGIN, end - 8, 12, false, boxes + " such groups in all");
    }
    if (islands.isEmpty() || boxes == 1) {
      return end;
    }
    return between(islands.get(), end, columns * (width + GAP) - GAP);
  }

  private static double width(final int chips) {
    return chips <= MOST_WITH_WORDS
        ? Math.max(2, Math.min(4, chips)) * (CHIP + GAP) - GAP
        : side(chips) * (SMALL + 4);
  }

  private static double chips(final int chips) {
    final int rows =
        chips <= MOST_WITH_WORDS ? (chips + 3) / 4 : (chips + side(chips) - 1) / side(chips);
    return rows * (chips <= MOST_WITH_WORDS ? Sheet.height(3) + GAP : SMALL + 4);
  }

  private static int side(final int chips) {
    return Math.max(12, (int) Math.ceil(Math.sqrt(2.0 * chips)));
  }

  private void box(
      final Rectangle2D at, final int chips, final Optional<ScaleUp> links, final int number) {
    sheet.frame(at, Fill.PACKAGE);
    sheet.text(
        at.getX() + GAP,
        at.getY() + Sheet.LINE,
        12,
        true,
        (number < 0 ? "" : "group " + (number + 1) + ": ") + chips + " × " + chip.name());
    double y = at.getY() + Sheet.LINE + GAP;
    for (int i = 0; i < chips; i++) {
      final boolean words = chips <= MOST_WITH_WORDS;
      final int columns = words ? 4 : side(chips);
      final double pitch = words ? CHIP + GAP : SMALL + 4;
      final double rows = words ? Sheet.height(3) + GAP : SMALL + 4;
      final double x = at.getX() + GAP + i % columns * pitch;
      final double row = y + i / columns * rows;
      if (words) {
        sheet.block(new Rectangle2D.Double(x, row, CHIP, Sheet.height(3)), Fill.DIE, label());
      } else {
        sheet.frame(new Rectangle2D.Double(x, row, SMALL, SMALL), Fill.DIE);
      }
    }
    y += chips(chips) - GAP / 2;
    if (chips > 1 && links.isPresent()) {
      final ScaleUp all = links.get();
      final double middle = at.getX() + at.getWidth() / 2;
      sheet.arrow(middle, y, middle, y + LEVEL - 6);
      sheet.text(middle + 10, y + LEVEL / 2, 12, false, Labels.rate(all.bandwidth()) + " a chip");
      final boolean mesh = all.topology() == ScaleUp.Topology.FULL_MESH;
      sheet.block(
          new Rectangle2D.Double(
              at.getX() + GAP, y + LEVEL - 6, at.getWidth() - 2 * GAP, Sheet.height(2)),
          Fill.LINK,
          List.of(
              all.kind() + (mesh ? ", every chip to every other" : " switch"),
              Labels.rate(chips * all.bandwidth())
                  + " of all"
                  + (all.reducing() ? ", adds in the switch" : "")));
    }
  }

  private List<String> label() {
    return List.of(
        chip.name(),
        chip.memory()
            .map(all -> all.kind() + " " + Labels.show(all.capacity(), Dimension.BYTES))
            .orElseGet(() -> Labels.show(onChip(), Dimension.BYTES) + " on chip"),
        chip.memory()
            .map(all -> Labels.rate(all.bandwidth()))
            .orElse(Labels.show(chip.power().tdp(), Dimension.WATTS)));
  }

  /** What joins groups. */
  private double between(final Islands islands, final double top, final double width) {
    final double middle = Sheet.MARGIN + width / 2;
    sheet.arrow(middle, top, middle, top + LEVEL);
    sheet.text(
        middle + 10, top + LEVEL / 2 + 4, 12, false, Labels.rate(islands.bandwidth()) + " a group");
    double y = top + LEVEL;
    final List<String> leaf = new ArrayList<>();
    leaf.add(islands.tree().isPresent() ? "leaf switches" : "switch between groups");
    if (islands.latency() > 0) {
      leaf.add(Labels.show(islands.latency(), Dimension.SECONDS) + " from group to group");
    }
    islands.tree().ifPresent(tree -> leaf.add(tree.leaf() + " groups a leaf"));
    sheet.block(
        new Rectangle2D.Double(Sheet.MARGIN, y, width, Sheet.height(leaf.size())), Fill.LINK, leaf);
    y += Sheet.height(leaf.size());
    if (islands.tree().isPresent()) {
      final ScaleUp.FatTree tree = islands.tree().get();
      sheet.arrow(middle, y, middle, y + LEVEL);
      sheet.text(
          middle + 10,
          y + LEVEL / 2 + 4,
          12,
          false,
          Labels.rate(tree.leaf() * islands.bandwidth() / tree.oversubscription()) + " a leaf");
      y += LEVEL;
      sheet.block(
          new Rectangle2D.Double(Sheet.MARGIN, y, width, Sheet.height(2)),
          Fill.LINK,
          List.of(
              "spine",
              "1 : "
                  + BigDecimal.valueOf(tree.oversubscription()).stripTrailingZeros().toPlainString()
                  + " oversubscribed, "
                  + Labels.show(tree.latency(), Dimension.SECONDS)
                  + " more"));
      y += Sheet.height(2);
    }
    return y;
  }

  /** Host and the memory behind the chips, as each chip sees them. */
  private void behind(final double end) {
    final double top = end + (system.count() == 1 ? LEVEL : 2 * GAP);
    final List<List<String>> blocks = new ArrayList<>();
    chip.host().ifPresent(host -> blocks.add(Labels.host(host)));
    FarMemory.of(system)
        .ifPresent(
            far ->
                blocks.add(
                    List.of(
                        far.name(),
                        Labels.show(far.capacity(), Dimension.BYTES)
                            + " a chip, "
                            + Labels.rate(far.rate())
                            + " each way")));
    if (system.count() > 1 && !blocks.isEmpty()) {
      sheet.text(Sheet.MARGIN, top - 8, 12, false, "behind each chip:");
    }
    double x = Sheet.MARGIN;
    for (final List<String> lines : blocks) {
      final List<String> broken = Sheet.broken(lines, 300);
      if (x == Sheet.MARGIN && system.count() == 1) {
        sheet.arrow(x + 150, end + 6, x + 150, top);
      }
      sheet.block(
          new Rectangle2D.Double(x, top, 300, Sheet.height(broken.size())), Fill.MEMORY, broken);
      x += 300 + GAP;
    }
  }
}
