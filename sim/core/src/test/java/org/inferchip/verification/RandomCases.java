package org.inferchip.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.mapping.AttentionMapping;
import org.inferchip.mapping.CollectiveMapping;
import org.inferchip.mapping.ElementwiseMapping;
import org.inferchip.mapping.Mapping;
import org.inferchip.mapping.MatMulMapping;
import org.inferchip.mapping.RandomOperators;
import org.inferchip.model.KeyBlocks;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;

/** Seeded operators of every kind, with tilings that nobody would choose, on real chips. */
final class RandomCases {
  private static final List<Chip> CHIPS =
      List.of(chip("h100-sxm"), chip("tpu-v5e"), chip("groq-lpu"));
  private static final int[] PRIMES = {1, 2, 3, 5, 7, 13, 31, 61, 127, 251, 509, 1021, 2039, 4093};

  private final SplittableRandom random;

  private final boolean wide;

  private RandomCases(final long seed, final boolean wide) {
    random = new SplittableRandom(seed);
    this.wide = wide;
  }

  /** Cases of some hundred tasks. */
  static RandomCases small(final long seed) {
    return new RandomCases(seed, false);
  }

  /** Small ones, and some with up to 4,096 rows. */
  static RandomCases wide(final long seed) {
    return new RandomCases(seed, true);
  }

  static Chip chip(final String name) {
    return Descriptions.here().chip(name).value();
  }

  /** Some case of any kind. */
  Case next() {
    return switch (random.nextInt(4)) {
      case 0 -> matMul();
      case 1 -> attention();
      case 2 -> elementwise();
      default -> collective();
    };
  }

  private Chip someChip() {
    return CHIPS.get(random.nextInt(CHIPS.size()));
  }

  /** Up to a limit: prime, odd or any. */
  private int size(final int most) {
    if (random.nextInt(3) == 0) {
      int prime = PRIMES[random.nextInt(PRIMES.length)];
      while (prime > most) {
        prime = PRIMES[random.nextInt(PRIMES.length)];
      }
      return prime;
    }
    return random.nextInt(1, most + 1);
  }

  /** Tries tilings until one has room in the cores. */
  private interface Tiling {
    Mapping draw();
  }

  private Case fitting(final Operator operator, final Tiling tiling) {
    final Chip chip = someChip();
    while (true) {
      final Case made = Case.of(operator, tiling.draw(), chip);
      if (made.fits()) {
        return made;
      }
    }
  }

  Case matMul() {
    final boolean tall = wide && random.nextInt(4) == 0;
    final List<Integer> rows = new ArrayList<>();
    for (int g = random.nextInt(4) == 0 ? random.nextInt(2, 6) : 1; g > 0; g--) {
      rows.add(size(tall ? 4096 / g : 200));
    }
    final Format in = random.nextBoolean() ? Format.BF16 : Format.FP16;
    final MatMul op =
        new MatMul(
            "gemm",
            rows,
            size(tall ? 30 : 160),
            size(tall ? 60 : 200),
            in,
            random.nextInt(4) == 0 ? Format.FP8_E4M3 : in,
            Format.FP32,
            random.nextInt(4) == 0 ? Format.FP32 : in,
            random.nextBoolean());
    final int most = random.nextInt(3) == 0 ? 200 : 80;
    return fitting(
        op,
        () ->
            new MatMulMapping(
                random.nextInt(4, most),
                random.nextInt(4, most),
                random.nextInt(4, 80),
                random.nextInt(1, 5),
                random.nextInt(1, 4),
                random.nextInt(1, 5),
                random.nextInt(1, 3),
                1,
                random.nextInt(1, 3)));
  }

  Case attention() {
    final Attention op = RandomOperators.attention(random, () -> size(60), 200);
    return attention(wide && op.causal() && random.nextBoolean() ? inBlocks(op) : op);
  }

  private Attention inBlocks(final Attention op) {
    return new Attention(
        op.name(),
        op.sequences(),
        op.heads(),
        op.kvHeads(),
        op.headDim(),
        op.valueDim(),
        0,
        true,
        op.activation(),
        op.cache(),
        Optional.of(
            new KeyBlocks(
                random.nextInt(1, 30),
                random.nextInt(1, 5),
                random.nextInt(0, 3),
                random.nextInt(0, 6))),
        Attention.Asked.NOTHING);
  }

  private Case attention(final Attention op) {
    final int group = op.groupSize();
    final int packed = group == 4 ? 1 << random.nextInt(3) : random.nextBoolean() ? group : 1;
    return fitting(
        op,
        () ->
            new AttentionMapping(
                packed * random.nextInt(1, 20),
                random.nextInt(2, 40),
                packed,
                random.nextInt(1, 6),
                random.nextInt(1, 4),
                random.nextInt(1, 3),
                random.nextInt(1, 3)));
  }

  Case elementwise() {
    final Elementwise.Kind[] kinds = Elementwise.Kind.values();
    final Elementwise.Kind kind = kinds[random.nextInt(kinds.length)];
    final int cols =
        switch (kind) {
          case ROPE -> 8 * random.nextInt(1, 6);
          case TOP_K -> random.nextInt(8, 200);
          default -> size(150);
        };
    final int parameter =
        switch (kind) {
          case ROPE -> 8;
          case EMBEDDING -> 97;
          case TOP_K, COMBINE -> random.nextInt(1, 9);
          default -> 0;
        };
    final int rows = size(wide && random.nextInt(8) == 0 ? 4096 : wide ? 200 : 90);
    final Format out = kind == Elementwise.Kind.QUANTIZE ? Format.INT8 : Format.BF16;
    final Elementwise op = new Elementwise("x", kind, rows, cols, parameter, Format.BF16, out);
    return fitting(
        op,
        () ->
            new ElementwiseMapping(
                random.nextInt(1, 40),
                random.nextInt(1, 100),
                random.nextInt(1, 4),
                random.nextInt(1, 3),
                wide ? random.nextInt(1, 3) : 2,
                wide ? random.nextInt(1, 5) : Integer.MAX_VALUE));
  }

  Case collective() {
    final Collective.Kind[] kinds = Collective.Kind.values();
    final Collective.Kind kind = kinds[random.nextInt(kinds.length)];
    final int devices = kind == Collective.Kind.SEND ? 2 : random.nextInt(2, 9);
    final boolean uneven = kind == Collective.Kind.ALL_REDUCE || kind == Collective.Kind.SEND;
    final long elements = uneven ? devices + size(2000) : (long) devices * size(250);
    final Collective op = new Collective("c", kind, elements, Format.BF16, devices);
    // Not in the switch: only some chips have switches that add.
    final CollectiveAlgorithm[] ways = {
      CollectiveAlgorithm.ONE_SHOT,
      CollectiveAlgorithm.TWO_SHOT,
      CollectiveAlgorithm.RING,
      CollectiveAlgorithm.LINE,
      CollectiveAlgorithm.TWO_WAY_RING
    };
    return fitting(
        op,
        () ->
            new CollectiveMapping(
                ways[random.nextInt(ways.length)], random.nextInt(1, 4), random.nextInt(1, 6)));
  }
}
