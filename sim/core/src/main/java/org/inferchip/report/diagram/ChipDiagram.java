package org.inferchip.report.diagram;

import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.inferchip.arch.Chip;
import org.inferchip.arch.ChipTotals;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.SharedMemory;
import org.inferchip.report.Picture;
import org.inferchip.units.Dimension;

/**
 * The block diagram of a chip: its groups of cores with one core drawn out, the shared level, the
 * external memory, and the links that leave it; every block with its capacity, every arrow with the
 * bandwidth of all that it stands for.
 */
public final class ChipDiagram {
  private static final double GAP = 12;

  /** Length of an arrow between two levels, with its label beside it. */
  private static final double LEVEL = 40;

  private static final double INNER = 840;
  private static final double CELLS = 300;
  private static final double OUTSIDE = 200;

  /** More squares than this are not told apart; each then stands for several cores. */
  private static final int MOST_CELLS = 400;

  private static final int MOST_STACKS = 16;

  private final Chip chip;
  private final ChipTotals totals;
  private final Sheet sheet;
  private double y = Sheet.MARGIN;

  private ChipDiagram(final Chip chip, final Sheet sheet) {
    this.sheet = sheet;
    this.chip = chip;
    this.totals = ChipTotals.of(chip);
  }

  /** The diagram of a chip. */
  public static Picture of(final Chip chip) {
    return sheet(chip).picture();
  }

  static Sheet sheet(final Chip chip) {
    return Sheet.drawn(sheet -> new ChipDiagram(chip, sheet).draw());
  }

  private void draw() {
    y += 18;
    sheet.text(Sheet.MARGIN, y, 18, true, chip.description());
    for (final String line : Sheet.broken(Labels.head(chip), INNER + OUTSIDE)) {
      y += 18;
      sheet.text(Sheet.MARGIN, y, 12, false, line);
    }
    y += GAP;
    final double right = Sheet.MARGIN + INNER + 2 * GAP;
    outside(y, right);
    sheet.frame(
        new Rectangle2D.Double(Sheet.MARGIN, y, right - Sheet.MARGIN, dieHeight()), Fill.DIE);
    for (final CoreGroup cores : chip.cores()) {
      y += GAP;
      group(cores);
      y += heightOf(cores);
    }
    chip.shared().ifPresent(this::shared);
    y += GAP;
    chip.memory().ifPresent(this::memory);
  }

  private double dieHeight() {
    final double groups = chip.cores().stream().mapToDouble(cores -> heightOf(cores) + GAP).sum();
    final double shared = chip.shared().isPresent() ? LEVEL + Sheet.height(2) : 0;
    return groups + shared + GAP;
  }

  private static double heightOf(final CoreGroup cores) {
    return GAP + Sheet.LINE + coreHeight(cores) + GAP;
  }

  private static double coreHeight(final CoreGroup cores) {
    return Sheet.LINE + 4 * GAP + unitHeight(cores) + attentionHeight(cores) + Sheet.height(3);
  }

  /** Of the attention units and the gap above them; 0 without any. */
  private static double attentionHeight(final CoreGroup cores) {
    return cores
        .attention()
        .map(unit -> GAP + Sheet.height(Labels.attention(unit).size()))
        .orElse(0.0);
  }

  private static double unitHeight(final CoreGroup cores) {
    return Sheet.height(Sheet.broken(Labels.matrix(cores.matrix()), unitWidth()).size());
  }

  private static double unitWidth() {
    return (INNER - CELLS - 4 * GAP) * 0.6;
  }

  private void group(final CoreGroup cores) {
    final double left = Sheet.MARGIN + GAP;
    sheet.frame(new Rectangle2D.Double(left, y, INNER, heightOf(cores)), Fill.PACKAGE);
    sheet.text(left + GAP, y + GAP + 6, 12, true, title(cores));
    final Rectangle2D field =
        new Rectangle2D.Double(
            left + GAP, y + GAP + Sheet.LINE, CELLS - 2 * GAP, coreHeight(cores));
    sheet.cells(field, squares(cores.count()), Fill.CORE);
    core(cores, left + CELLS, field.getY());
  }

  private static int squares(final int count) {
    return count <= MOST_CELLS ? count : (count + perSquare(count) - 1) / perSquare(count);
  }

  private static int perSquare(final int count) {
    return (count + MOST_CELLS - 1) / MOST_CELLS;
  }

  private String title(final CoreGroup cores) {
    final String many =
        cores.count() <= MOST_CELLS
            ? ""
            : String.format(Locale.ROOT, "; a square is %,d", perSquare(cores.count()));
    return String.format(Locale.ROOT, "%,d × %s at ", cores.count(), cores.name())
        + Labels.show(chip.clock(), Dimension.HERTZ)
        + many;
  }

  private void core(final CoreGroup cores, final double left, final double top) {
    final double width = INNER - CELLS - GAP;
    sheet.frame(new Rectangle2D.Double(left, top, width, coreHeight(cores)), Fill.CORE);
    sheet.text(left + GAP, top + GAP + 6, 12, false, "one " + cores.name());
    final double wide = unitWidth();
    final double narrow = width - wide - 3 * GAP;
    final double units = unitHeight(cores);
    final double first = top + GAP + Sheet.LINE;
    sheet.block(
        new Rectangle2D.Double(left + GAP, first, wide, units),
        Fill.MATRIX,
        Sheet.broken(Labels.matrix(cores.matrix()), wide));
    sheet.block(
        new Rectangle2D.Double(left + wide + 2 * GAP, first, narrow, units),
        Fill.VECTOR,
        Labels.vector(cores));
    final double under = first + units + GAP;
    cores
        .attention()
        .ifPresent(
            unit ->
                sheet.block(
                    new Rectangle2D.Double(
                        left + GAP, under, width - 2 * GAP, attentionHeight(cores) - GAP),
                    Fill.ATTENTION,
                    Labels.attention(unit)));
    sheet.block(
        new Rectangle2D.Double(
            left + GAP, under + attentionHeight(cores), width - 2 * GAP, Sheet.height(3)),
        Fill.LOCAL,
        Labels.local(cores));
  }

  private void shared(final SharedMemory shared) {
    level(y, intoCores());
    y += LEVEL;
    sheet.block(
        new Rectangle2D.Double(Sheet.MARGIN + GAP, y, INNER, Sheet.height(2)),
        Fill.SHARED,
        Labels.shared(shared));
    y += Sheet.height(2);
  }

  private String intoCores() {
    return "into all cores " + Labels.rate(totals.portRead());
  }

  private void level(final double from, final String label) {
    final double x = Sheet.MARGIN + GAP + INNER / 2;
    sheet.arrow(x, from, x, from + LEVEL);
    sheet.text(x + GAP, from + LEVEL / 2 + 4, 12, false, label);
  }

  private void memory(final ExternalMemory memory) {
    final String rate = Labels.rate(memory.bandwidth());
    level(y, chip.shared().isPresent() ? rate : intoCores());
    y += LEVEL;
    final List<String> lines = Labels.memory(memory);
    final int stacks = Math.min(memory.stacks(), MOST_STACKS);
    final double height = Sheet.height(lines.size()) + GAP + 26;
    final Rectangle2D box = new Rectangle2D.Double(Sheet.MARGIN, y, INNER + 2 * GAP, height);
    sheet.block(box, Fill.MEMORY, lines);
    final double pitch = (INNER + GAP) / stacks;
    for (int i = 0; i < stacks; i++) {
      sheet.block(
          new Rectangle2D.Double(
              Sheet.MARGIN + GAP + i * pitch, y + Sheet.height(lines.size()), pitch - GAP, 26),
          Fill.NONE,
          List.of(Labels.show(memory.capacity() / memory.stacks(), Dimension.BYTES)));
    }
    y += height;
  }

  /** Links to other chips and to the host, right of the die. */
  private void outside(final double top, final double edge) {
    final double left = edge + 2 * LEVEL;
    double at = top;
    if (chip.scaleUp().isPresent()) {
      at = link(left, edge, at, Labels.links(chip.scaleUp().orElseThrow()));
    }
    if (chip.host().isPresent()) {
      link(left, edge, at, Labels.host(chip.host().orElseThrow()));
    }
  }

  private double link(
      final double left, final double edge, final double top, final List<String> texts) {
    final List<String> lines = Sheet.broken(texts, OUTSIDE);
    final double height = Sheet.height(lines.size());
    sheet.block(new Rectangle2D.Double(left, top, OUTSIDE, height), Fill.LINK, lines);
    sheet.arrow(edge, top + height / 2, left, top + height / 2);
    return top + height + GAP;
  }
}
