package org.inferchip.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.junit.jupiter.api.Test;

class HeldRowsTest {
  private static final Chip ORIN =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")))
          .chip("jetson-orin")
          .value();

  /** 128 threads, a warp for each row of 2,560 columns or fewer; no work beside the loads. */
  private static final HeldRows NORM = new HeldRows(128, 32, 2560, 8, 0, 64, 2);

  private static double seconds(final int rows, final int columns) {
    return NORM.seconds(rows, columns, 4.0 * columns, 4.0 * columns, ORIN);
  }

  private static double bytesASecond() {
    final ExternalMemory memory = ORIN.memory().orElseThrow();
    return memory.bandwidth() * memory.efficiency();
  }

  private static double latency() {
    return RowKernel.latencyPicos(ORIN) * 1e-12;
  }

  @Test
  void shouldWaitForEachLoadOfALoneRow() {
    // 2,048 columns are 64 elements a thread, so 8 loads; of 4,096 on 128 threads there are 4.
    assertEquals(8 * latency() + 4 * 2048 / bytesASecond(), seconds(1, 2048), 1e-12);
    assertEquals(4 * latency() + 4 * 4096 / bytesASecond(), seconds(1, 4096), 1e-12);
  }

  @Test
  void shouldStartARoundWhereRegistersAreFull() {
    // 64 + 2 x 64 registers of 128 threads: two blocks of four rows a core, 128 rows a round.
    final double full = seconds(128, 2048);
    assertEquals(2 * full, seconds(256, 2048), 1e-12);
    assertEquals(full + seconds(64, 2048), seconds(192, 2048), 1e-12);
    // 64 + 2 x 32: four blocks, 256 rows; their bytes take longer than the loads' turns.
    assertEquals(256 * 8 * 1024 / bytesASecond(), seconds(256, 1024), 1e-12);
  }

  @Test
  void shouldUseACoreForEachBlock() {
    assertEquals(0.25, NORM.share(16, 2048, ORIN));
    assertEquals(1, NORM.share(16, 4096, ORIN));
    assertEquals(1, NORM.share(1000, 2048, ORIN));
  }
}
