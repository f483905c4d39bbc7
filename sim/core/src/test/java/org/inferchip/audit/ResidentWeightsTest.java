package org.inferchip.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.Mapping;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.DerivedProgram;
import org.inferchip.program.Placement;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.api.Test;

class ResidentWeightsTest {
  private static final Chip EDGE =
      Descriptions.here().system("analog-edge", Optional.empty(), Overrides.none()).value().chip();

  private static TileProgram program() {
    final MatMul op = MatMul.dense("o_proj", 6, 1200, 700, Format.ANALOG);
    final Mapping mapping = Mapping.parse(op, "2x512x512 split 2 stages 2 raster 1 accumulators 2");
    return Mapper.lower(op, mapping, EDGE);
  }

  @Test
  void shouldPassArraysThatKeepTheirWeights() {
    assertEquals(List.of(), Audit.of(program(), EDGE).findings());
  }

  @Test
  void shouldFindAnArrayThatWouldNeedOtherWeights() {
    final String found = Audit.of(new Crowded(program()), EDGE).findings().toString();
    assertTrue(found.contains("whose cells hold the weights"), found);
  }

  /** All tiles on two arrays. */
  private record Crowded(TileProgram program) implements DerivedProgram {
    @Override
    public int items(final int stream) {
      return program.items(stream);
    }

    @Override
    public Placement placement() {
      return Placement.overCores(0, 2, 1);
    }
  }
}
