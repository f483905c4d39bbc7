package org.inferchip.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.Cost;
import org.inferchip.arch.Defaults;
import org.inferchip.arch.EnergyTable;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.LocalMemory;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.Port;
import org.inferchip.arch.Power;
import org.inferchip.arch.Process;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.SharedMemory;
import org.inferchip.arch.VectorUnit;
import org.inferchip.numerics.Format;

/** Chips with round numbers, so that expected times can be worked out by hand. */
final class TestChips {
  private TestChips() {}

  /** The parts of a chip that tests vary. */
  record Parts(
      double clock,
      int cores,
      MatrixUnit matrix,
      VectorUnit vector,
      Port port,
      Optional<SharedMemory> shared,
      Optional<ExternalMemory> memory,
      Optional<ScaleUp> scaleUp) {

    Parts matrix(final MatrixUnit unit) {
      return new Parts(clock, cores, unit, vector, port, shared, memory, scaleUp);
    }

    Parts port(final Port other) {
      return new Parts(clock, cores, matrix, vector, other, shared, memory, scaleUp);
    }

    Parts clock(final double hertz) {
      return new Parts(hertz, cores, matrix, vector, port, shared, memory, scaleUp);
    }

    Parts shared(final SharedMemory other) {
      return new Parts(
          clock, cores, matrix, vector, port, Optional.ofNullable(other), memory, scaleUp);
    }

    Parts memory(final ExternalMemory other) {
      return new Parts(
          clock, cores, matrix, vector, port, shared, Optional.ofNullable(other), scaleUp);
    }

    Parts scaleUp(final ScaleUp other) {
      return new Parts(
          clock, cores, matrix, vector, port, shared, memory, Optional.ofNullable(other));
    }

    Chip chip() {
      return new Chip(
          "test",
          "",
          clock,
          new Process("p", 5, 10_000, 0.1),
          List.of(new org.inferchip.arch.Die("die", 1, 100, 0)),
          List.of(
              new CoreGroup(
                  "core", cores, matrix, vector, new LocalMemory(1 << 20, 1 << 20, 1e9, 0), port)),
          shared,
          memory,
          scaleUp,
          Optional.empty(),
          new Power(100, 10, 10),
          new EnergyTable(Map.of(), 0, 0, 0, 0, 0, 0, 0, 0),
          (Cost) null,
          Map.of(),
          (Defaults) null,
          Map.of());
    }
  }

  /** One core, 1 GHz, 1024 MACs a cycle, a port and a memory of 64 B/ns, no latencies, no cache. */
  static Parts plain() {
    return new Parts(
        1e9,
        1,
        new MatrixUnit.TensorCore(1, Map.of(Format.BF16, 1024), Format.FP32, 1, 1, 1, 0, 1.0),
        new VectorUnit(64, 16, 0),
        new Port(64, 64, 0),
        Optional.empty(),
        Optional.of(new ExternalMemory("M", 1, 1e12, 64e9, 1.0, 1, 0)),
        Optional.empty());
  }

  /** 132 cores with a cache, near an H100 (figures of facts/chips.yaml, rounded). */
  static Parts gpu() {
    return new Parts(
        1.755e9,
        132,
        new MatrixUnit.TensorCore(
            1, Map.of(Format.BF16, 2048, Format.FP8_E4M3, 4096), Format.FP32, 64, 8, 16, 32, 0.92),
        new VectorUnit(128, 16, 20),
        new Port(64, 64, 50e-9),
        Optional.of(
            new SharedMemory(
                50e6, SharedMemory.Managed.HARDWARE, 5.5e12, 150e-9, 0.5, Optional.empty())),
        Optional.of(new ExternalMemory("HBM3", 5, 80e9, 3.35e12, 0.88, 80, 400e-9)),
        Optional.of(
            new ScaleUp(
                "link",
                ScaleUp.Topology.SWITCH,
                18,
                450e9,
                0.8,
                1e-6,
                8,
                Optional.of(true),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
  }

  /** One core with a 128 x 128 weight-stationary array behind a memory of 819 GB/s. */
  static Parts systolic() {
    return new Parts(
        1.5e9,
        1,
        new MatrixUnit.Systolic(
            4,
            128,
            128,
            Map.of(Format.BF16, 16_384),
            Format.FP32,
            MatrixUnit.Dataflow.WS,
            2,
            0,
            MatrixUnit.Overlap.FILL_AND_DRAIN,
            MatrixUnit.EdgeTiles.FULL),
        new VectorUnit(1024, 128, 20),
        new Port(2048, 2048, 10e-9),
        Optional.empty(),
        Optional.of(new ExternalMemory("HBM2e", 1, 16e9, 819e9, 0.9, 8, 300e-9)),
        Optional.empty());
  }

  /** Cores with a shared software-managed SRAM and no memory. */
  static Parts sramOnly() {
    return new Parts(
        0.9e9,
        4,
        new MatrixUnit.DotProduct(1, 64, 32, Map.of(Format.BF16, 2048), Format.FP32, 8),
        new VectorUnit(512, 64, 8),
        new Port(1024, 1024, 5e-9),
        Optional.of(
            new SharedMemory(
                230e6, SharedMemory.Managed.SOFTWARE, 20e12, 10e-9, 1.0, Optional.empty())),
        Optional.empty(),
        Optional.empty());
  }
}
