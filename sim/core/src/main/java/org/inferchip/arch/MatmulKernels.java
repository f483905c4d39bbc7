package org.inferchip.arch;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Picoseconds;
import org.inferchip.units.Range;

/**
 * Which matmul tiles the library offers.
 *
 * @param tiles M x N tiles such as {@code 128x256}; empty: every tile that fits
 * @param tileK reduction elements of one step of the loop, 16-bit inputs
 * @param splits split-K factors
 * @param pairTiles tiles of two cores that hold the operand of the columns together; each core
 *     computes half of the rows
 * @param fixUp time to start the kernel that sums the parts of a split reduction
 * @param quantize how inputs are converted for products in narrow formats, by format (and {@code
 *     fp8_block} for blocks with scales of their own); one elementwise kernel where not listed
 * @param grouped kernels of grouped products (experts), by format as above; absent, and what is not
 *     listed: as dense ones
 * @param formats kernels of formats (of the wider input) that have a menu of their own
 * @param bands row tiles that are walked together at most, a power of two; the kernels walk as many
 *     as the greatest power of two that is at most 4/3 of what there is. Absent: as many as share
 *     most
 */
public record MatmulKernels(
    List<String> tiles,
    @Range(min = 1) int tileK,
    @Range(min = 1) List<Integer> splits,
    List<String> pairTiles,
    @Measure(Dimension.SECONDS) double fixUp,
    Map<String, Quantize> quantize,
    Optional<Map<String, GroupedKernel>> grouped,
    Optional<Map<String, FormatKernels>> formats,
    @Range(min = 1) Optional<Integer> bands) {
  /** What stands behind a format's name where kernels for groups were tuned for some shapes. */
  public static final String TUNED = "tuned";

  /** Checks the spelling of the tiles. */
  public MatmulKernels {
    check(tiles, pairTiles);
  }

  /** The menu of a format. */
  public FormatKernels of(final Format format) {
    return formats
        .map(all -> all.get(format.key()))
        .orElse(new FormatKernels(tiles, pairTiles, splits, 1, Optional.empty(), Optional.empty()));
  }

  /** The menu of a format for products of so many groups. */
  public FormatKernels of(final Format format, final int groups) {
    final FormatKernels dense = of(format);
    return groups == 1 ? dense : grouped(format).map(one -> one.menu(dense)).orElse(dense);
  }

  /** The kernel of a format for products of groups, where it has one of its own. */
  public Optional<GroupedKernel> grouped(final Format format) {
    return grouped.map(all -> all.get(format.key()));
  }

  /** How inputs of products of so many groups (none: dense ones) are converted to a format. */
  public Optional<Quantize> quantize(final Format format, final int groups) {
    return (groups > 0
            ? grouped(format).flatMap(GroupedKernel::quantize)
            : Optional.<Quantize>empty())
        .or(() -> Optional.ofNullable(quantize.get(format.key())));
  }

  /** Row tiles that products of so many groups walk together at most, as {@link #bands}. */
  public Optional<Integer> bands(final Format format, final int groups) {
    return groups == 1 ? bands : grouped(format).flatMap(GroupedKernel::bands).or(() -> bands);
  }

  /** Whether kernels for groups of that name were tuned for so many experts of so many columns. */
  public boolean tuned(final String name, final int experts, final int width) {
    return grouped
        .map(all -> all.get(name))
        .filter(one -> one.tunedFor(experts, width))
        .isPresent();
  }

  /** Picoseconds that a product of groups takes beyond its loop. */
  public long groupedPicos(final Format format, final int groups) {
    return groups == 1
        ? 0
        : Math.round(
            grouped(format)
                .map(one -> groups * one.perGroup() * Picoseconds.PER_SECOND)
                .orElse(0.0));
  }

  /**
   * These with the kernels for groups that were tuned for so many experts of so many columns in the
   * place of their formats' usual ones.
   */
  public MatmulKernels tunedFor(final int experts, final int width) {
    MatmulKernels all = this;
    for (final Format format : Format.values()) {
      final String name = format.key() + "-" + TUNED;
      all = all.tuned(name, experts, width) ? all.with(name, format) : all;
    }
    return all;
  }

  /** These with kernels that are listed by another name in the place of a format's. */
  public MatmulKernels with(final String name, final Format format) {
    return having(quantize, placed(grouped, name, format), placed(formats, name, format), bands);
  }

  /** The same, with the conversion of inputs that is listed by that name. */
  public MatmulKernels quantised(final String name, final Format format) {
    final MatmulKernels placed = with(name, format);
    return having(
        placed(Optional.of(quantize), name, format).get(), placed.grouped, placed.formats, bands);
  }

  /**
   * These with a format's kernels for groups as the library takes them for so many rows of an
   * expert in the mean ({@link GroupedKernel#untuned}).
   */
  public MatmulKernels loaded(final Format format, final double meanRows) {
    final Optional<GroupedKernel> kernel = grouped(format).map(one -> one.loaded(meanRows));
    if (kernel.equals(grouped(format))) {
      return this;
    }
    final Map<String, GroupedKernel> all = new TreeMap<>(grouped.orElseThrow());
    all.put(format.key(), kernel.orElseThrow());
    return having(quantize, Optional.of(all), formats, bands);
  }

  /** These with a format's kernels for groups in the place of its dense ones. */
  public MatmulKernels expertsOnly(final Format format) {
    final Map<String, FormatKernels> all = new TreeMap<>(formats.orElse(Map.of()));
    all.put(format.key(), of(format, 2));
    return having(quantize, grouped, Optional.of(all), bands(format, 2));
  }

  private MatmulKernels having(
      final Map<String, Quantize> conversions,
      final Optional<Map<String, GroupedKernel>> ofGroups,
      final Optional<Map<String, FormatKernels>> ofFormats,
      final Optional<Integer> rowTiles) {
    return new MatmulKernels(
        tiles, tileK, splits, pairTiles, fixUp, conversions, ofGroups, ofFormats, rowTiles);
  }

  private static <T> Optional<Map<String, T>> placed(
      final Optional<Map<String, T>> kernels, final String name, final Format format) {
    return kernels.map(
        all -> {
          final Map<String, T> changed = new TreeMap<>(all);
          changed.put(format.key(), all.getOrDefault(name, all.get(format.key())));
          changed.values().removeIf(Objects::isNull);
          return changed;
        });
  }

  static void check(final List<String> tiles, final List<String> pairTiles) {
    tiles.forEach(MatmulKernels::check);
    for (final String tile : pairTiles) {
      check(tile);
      if (rows(tile) % 2 != 0) {
        throw new IllegalArgumentException("rows of a pair's tile are not even: " + tile);
      }
    }
  }

  /** Rows of a tile such as {@code 128x256}. */
  static int rows(final String tile) {
    return Integer.parseInt(tile.substring(0, tile.indexOf('x')));
  }

  private static void check(final String tile) {
    if (!tile.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
      throw new IllegalArgumentException(
          "a tile is not of the form 128x256, rows and columns: " + tile);
    }
  }
}
