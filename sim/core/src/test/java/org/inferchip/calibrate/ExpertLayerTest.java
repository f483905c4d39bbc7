package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.numerics.Format;
import org.junit.jupiter.api.Test;

class ExpertLayerTest {
  private static final int TOKENS = 16_384;
  private static final int HIDDEN = 5_120;
  private static final int WIDTH = 256;

  /** Rows of four experts of 128 that are dealt over 32 devices, one choice a token. */
  private static final int HERE = 512;

  /** Bytes that a layer moves at least, in mebibytes. */
  private static double moved(final Format format, final boolean tokensFirst) {
    final Target target =
        TestTargets.shipped(
            "b200-sxm",
            "trtllm-blackwell",
            Overrides.none()
                .with(
                    "matmul.grouped." + format.key() + ".tokens_first",
                    Boolean.toString(tokensFirst)));
    final ExpertLayer layer =
        new ExpertLayer(
            target,
            new ExpertLoad.Layer(TOKENS, 1, 128, 32),
            new ExpertLoad(List.of(128, 128, 128, 128), 124, 4),
            HIDDEN,
            WIDTH,
            true,
            List.of(format, format),
            Rotation.NONE);
    return layer.calls().roofline().micros(0, 1e9, 1) * target.bandwidth() * 1e-6 / (1 << 20);
  }

  private static double mebibytes(final double bytes) {
    return bytes / (1 << 20);
  }

  @Test
  void shouldReadRowsOfItsExpertsAloneAndWriteAllTokens() {
    final double row = 2.0 * HIDDEN;
    final double gate = TOKENS * (128 + 1) * 4.0;
    final double order = 2 * HERE * row;
    final double weights = 4 * 3 * row * WIDTH;
    final double products = HERE * (2 * row + 3 * 2.0 * WIDTH);
    final double activation = HERE * 3 * 2.0 * WIDTH;
    final double sums = HERE * row + TOKENS * row;
    final double all = gate + order + weights + products + activation + sums;
    assertEquals(mebibytes(all), moved(Format.BF16, false), 0.01 * mebibytes(all));
  }

  @Test
  void shouldConvertAllTokensBeforeAnyIsPutInOrder() {
    final double pass = TOKENS * HIDDEN * 3.0;
    final double narrower = HERE * HIDDEN;
    assertEquals(
        mebibytes(pass - narrower),
        moved(Format.FP8_E4M3, true) - moved(Format.FP8_E4M3, false),
        0.01 * mebibytes(pass));
  }
}
