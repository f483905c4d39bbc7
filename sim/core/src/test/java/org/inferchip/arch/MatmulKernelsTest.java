package org.inferchip.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.numerics.Format;
import org.junit.jupiter.api.Test;

class MatmulKernelsTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));

  @Test
  void shouldFindTheShapesThatALibraryHasTunedKernelsFor() {
    final MatmulKernels kernels = SHIPPED.stack("vllm-a100").value().matmul();
    // Mixtral-8x7B over four devices by columns; the library has a file for it and none for two
    // devices by experts.
    assertTrue(kernels.tuned("bf16-tuned", 8, 14336 / 4));
    assertFalse(kernels.tuned("bf16-tuned", 8 / 2, 14336));
    assertFalse(kernels.tuned("bf16", 8, 14336 / 4));
    assertFalse(kernels.tuned("fp8_e4m3-tuned", 8, 14336 / 4));
  }

  @Test
  void shouldTakeTheFirstTilesOfTheLadderAboutTheMeanRowsOfAnExpertUntuned() {
    // FlashInfer: from the power of two that covers the mean, one step below is tried first.
    final MatmulKernels usual = SHIPPED.stack("vllm-blackwell").value().matmul();
    assertEquals(List.of("8x128"), single(usual, 0.25));
    assertEquals(List.of("8x128"), single(usual, 16));
    assertEquals(List.of("16x128"), single(usual, 16.5));
    assertEquals(List.of("128x128"), single(usual, 3072));
    final MatmulKernels dense = SHIPPED.stack("trtllm").value().matmul();
    assertEquals(dense, dense.loaded(Format.BF16, 3072), "no ladder is said of them");
  }

  private static List<String> single(final MatmulKernels kernels, final double meanRows) {
    final FormatKernels menu = kernels.loaded(Format.FP8_E4M3, meanRows).of(Format.FP8_E4M3, 8);
    assertEquals(List.of(), menu.pairTiles());
    return menu.tiles();
  }

  @Test
  void shouldTakeTilesAndConversionOfAWayToQuantise() {
    final MatmulKernels usual = SHIPPED.stack("trtllm").value().matmul();
    final MatmulKernels blocks = usual.quantised("fp8_block", Format.FP8_E4M3);
    final String plain = Format.FP8_E4M3.key();
    assertTrue(usual.quantize().get(plain).fused().orElseThrow(), "norms write plain 8 bits");
    assertEquals(Optional.empty(), blocks.quantize().get(plain).fused());
    assertEquals(usual.quantize().get("fp8_block"), blocks.quantize().get(plain));
    // DeepGEMM's tiles on Hopper are of one core.
    assertFalse(usual.of(Format.FP8_E4M3).pairTiles().isEmpty());
    assertTrue(blocks.of(Format.FP8_E4M3).pairTiles().isEmpty());
    assertEquals(usual.of(Format.BF16), blocks.of(Format.BF16));
  }

  @Test
  void shouldPadStepsWithPromptsWhereGraphsHoldThem() {
    final Stack decoding = SHIPPED.stack("trtllm").value();
    assertEquals(24, decoding.paddedRows(17, false));
    assertEquals(1030, decoding.paddedRows(1030, true));
    final Stack pieces = SHIPPED.stack("vllm").value();
    assertEquals(24, pieces.paddedRows(17, true));
    assertEquals(1030, pieces.paddedRows(1030, true), "more than the largest graph");
  }
}
