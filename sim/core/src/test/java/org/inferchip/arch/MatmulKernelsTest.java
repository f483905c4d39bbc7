package org.inferchip.arch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
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
}
