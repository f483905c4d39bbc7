package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Grid;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.ScaleUp.Topology;
import org.inferchip.numerics.Format;
import org.inferchip.program.Buffer;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Home;
import org.inferchip.program.TensorRef.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {
  private static final Buffer A = buffer(0, 2);
  private static final Buffer IN = buffer(1, 1);
  private static final TensorRef X = new TensorRef(0, Role.INPUT, 64, 32, Format.BF16, Home.MEMORY);
  private static final TensorRef Y =
      new TensorRef(1, Role.OUTPUT, 64, 32, Format.BF16, Home.MEMORY);

  private static Buffer buffer(final int id, final int depth) {
    return new Buffer(id, "b" + id, Buffer.Level.LOCAL, depth, 64, 32, Format.BF16);
  }

  private static Chip chip(final Topology topology, final int reach) {
    return TestChips.plain().scaleUp(new ScaleUp("l", topology, 1, 32e9, 1, 1e-6, reach)).chip();
  }

  @ParameterizedTest
  @CsvSource({
    "SWITCH,8,0,5,2,1000", // out of one chip, into the other
    "FULL_MESH,8,0,5,1,1000",
    "RING,8,0,1,1,1000",
    "RING,8,0,5,3,3000", // three down is nearer than five up
    "TORUS_2D,16,0,5,2,2000", // one along each dimension of 4 x 4
    "TORUS_2D,16,0,15,2,2000", // both wrap round
    "TORUS_3D,8,0,7,3,3000",
    "LINE,8,7,0,7,7000", // no way round
    "MESH_2D,8,0,7,3,3000", // four rows of two, every other one numbered backwards
    "MESH_2D,8,3,4,1,1000",
    "MESH_3D,8,0,7,1,1000"
  })
  void shouldRouteTheShortestWay(
      final Topology topology,
      final int reach,
      final int from,
      final int to,
      final int pipes,
      final long nanos) {
    final Links links = new Links(chip(topology, reach), reach, new Pipes());
    assertEquals(pipes, links.route(from, to).length);
    assertEquals(nanos * 1000, links.latencyPicos(from, to));
    assertEquals(0, links.route(from, from).length);
  }

  @Test
  void shouldMakeTorusSidesAsEqualAsTheyCanBe() {
    assertArrayEquals(new int[] {16, 16}, Grid.factors(256, 2));
    assertArrayEquals(new int[] {2, 4}, Grid.factors(8, 2));
    assertArrayEquals(new int[] {4, 4, 4}, Grid.factors(64, 3));
    assertArrayEquals(new int[] {1, 7}, Grid.factors(7, 2));
  }

  @Test
  void shouldAddInTheSwitchesOfOneIslandOnly() {
    final ScaleUp boxes =
        new ScaleUp(
            "l",
            Topology.SWITCH,
            1,
            32e9,
            1,
            1e-6,
            16,
            Optional.of(true),
            Optional.of(new ScaleUp.Islands(8, 8e9, 3e-6)),
            Optional.empty(),
            Optional.empty());
    assertEquals(true, boxes.reducing(8));
    assertEquals(false, boxes.reducing(16));
    final Links links = new Links(TestChips.plain().scaleUp(boxes).chip(), 16, new Pipes());
    assertEquals(2, links.route(0, 7).length);
    assertEquals(4, links.route(0, 8).length);
    assertEquals(4_000_000, links.latencyPicos(0, 8));
  }

  @Test
  void shouldRefuseMoreDevicesThanLinksReach() {
    final Chip chip = chip(Topology.SWITCH, 4);
    assertThrows(IllegalArgumentException.class, () -> new Links(chip, 5, new Pipes()));
    final Chip alone = TestChips.plain().chip();
    assertThrows(IllegalArgumentException.class, () -> new Links(alone, 2, new Pipes()));
  }

  @Test
  void shouldSendOverTheLinkWhenTheReceiverHasASlot() {
    final Consumer<TaskSink> sender =
        out -> {
          out.load(X, 0, 0, 64, 32, A);
          out.send(A, 64, 32, 1, IN);
          out.load(X, 0, 0, 64, 32, A);
          out.send(A, 64, 32, 1, IN).endsItem();
        };
    final Consumer<TaskSink> receiver =
        out -> {
          out.store(IN, Y, 0, 0, 64, 32);
          out.store(IN, Y, 0, 0, 64, 32).endsItem();
        };
    final ListProgram program =
        new ListProgram(List.of(A, IN), List.of(X, Y), ListProgram.devices(2));
    program.stream(sender).stream(receiver);
    final Timing timing = Engine.run(program, chip(Topology.SWITCH, 8), Detail.FULL);
    // 4096 B: 64 ns to load, 128 on the link and 1000 to arrive, 64 to store; the receiver's only
    // slot is free again when its store has been served, and the second message goes then.
    final long first = 64 + 128 + 1000 + 64;
    assertEquals(first + 128 + 1000 + 64, timing.makespanPicos() / 1000);
    assertEquals(2 * 4096, timing.counters().linkBytes());
  }

  @Test
  void shouldServeFlowsIntoOneDeviceOneAfterTheOther() {
    final ListProgram program =
        new ListProgram(
            List.of(buffer(0, 2), buffer(1, 1), buffer(2, 1)),
            List.of(X, Y),
            ListProgram.devices(3));
    program.stream(
        out -> {
          out.store(buffer(1, 1), Y, 0, 0, 64, 32);
          out.store(buffer(2, 1), Y, 0, 0, 64, 32).endsItem();
        })
        .stream(
            out -> {
              out.load(X, 0, 0, 64, 32, A);
              out.send(A, 64, 32, 0, buffer(1, 1)).endsItem();
            })
        .stream(
            out -> {
              out.load(X, 0, 0, 64, 32, A);
              out.send(A, 64, 32, 0, buffer(2, 1)).endsItem();
            });
    final Timing timing = Engine.run(program, chip(Topology.SWITCH, 8), Detail.FULL);
    assertEquals(64 + 128 + 128 + 1000 + 64, timing.makespanPicos() / 1000);
  }
}
