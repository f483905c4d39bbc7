package org.inferchip.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.Cost;
import org.inferchip.arch.Defaults;
import org.inferchip.arch.Die;
import org.inferchip.arch.EnergyTable;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.LocalMemory;
import org.inferchip.arch.MatmulKernels;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.Port;
import org.inferchip.arch.Power;
import org.inferchip.arch.Process;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.SharedMemory;
import org.inferchip.arch.Stack;
import org.inferchip.arch.VectorUnit;
import org.inferchip.numerics.Format;

/** Chips of three kinds for tests of programs; round numbers, no claim to be any product. */
public final class TestChips {
  private static final Map<Format, Double> OPERATION = Map.of(Format.BF16, 0.5e-12);

  private TestChips() {}

  /** Like a GPU: 132 cores, a hardware cache, external memory, 8 chips in a domain. */
  public static Chip gpu() {
    final MatrixUnit matrix =
        new MatrixUnit.TensorCore(
            1,
            Map.of(Format.BF16, 2048, Format.FP16, 2048, Format.FP8_E4M3, 4096, Format.INT8, 4096),
            Format.FP32,
            64,
            8,
            16,
            32,
            1.0);
    final CoreGroup sm =
        new CoreGroup(
            "sm",
            132,
            matrix,
            new VectorUnit(128, 16, 30),
            new LocalMemory(227 * 1024, 256 * 1024, 128, 30),
            new Port(64, 64, 200e-9));
    return chip(
        "gpu",
        1.83e9,
        sm,
        Optional.of(
            new SharedMemory(
                50e6, SharedMemory.Managed.HARDWARE, 5.5e12, 200e-9, 0.5, Optional.empty())),
        Optional.of(new ExternalMemory("HBM3", 5, 80e9, 3.35e12, 0.92, 80, 500e-9)));
  }

  /** Two cores of a GPU with so many arrays that share so many KiB. */
  static Chip small(final int arrays, final int kibibytes) {
    final CoreGroup sm =
        new CoreGroup(
            "sm",
            2,
            new MatrixUnit.TensorCore(
                arrays, Map.of(Format.BF16, 512), Format.FP32, 16, 8, 16, 32, 1.0),
            new VectorUnit(128, 16, 30),
            new LocalMemory(kibibytes * 1024.0, 256 * 1024, 128, 30),
            new Port(64, 64, 200e-9));
    return chip("small", 1.83e9, sm, gpu().shared(), gpu().memory());
  }

  /** Like a TPU: one core with four weight-stationary arrays, a large local memory, no cache. */
  public static Chip tpu() {
    final MatrixUnit matrix =
        new MatrixUnit.Systolic(
            4,
            128,
            128,
            Map.of(Format.BF16, 16384, Format.INT8, 32768),
            Format.FP32,
            MatrixUnit.Dataflow.WS,
            2,
            0,
            MatrixUnit.Overlap.FILL_AND_DRAIN,
            MatrixUnit.EdgeTiles.FULL);
    final CoreGroup core =
        new CoreGroup(
            "tensorcore",
            1,
            matrix,
            new VectorUnit(4096, 1024, 20),
            new LocalMemory(96 << 20, 32 << 20, 4096, 20),
            new Port(600, 600, 100e-9));
    return chip(
        "tpu",
        1.5e9,
        core,
        Optional.empty(),
        Optional.of(new ExternalMemory("HBM2e", 2, 16e9, 0.82e12, 0.9, 16, 600e-9)));
  }

  /** Like an SRAM-only chip: software-managed memory, no external memory. */
  public static Chip sram() {
    final MatrixUnit matrix =
        new MatrixUnit.Systolic(
            4,
            320,
            320,
            Map.of(Format.BF16, 51200, Format.FP16, 51200, Format.INT8, 102400),
            Format.FP32,
            MatrixUnit.Dataflow.WS,
            2,
            20,
            MatrixUnit.Overlap.FILL_AND_DRAIN,
            MatrixUnit.EdgeTiles.FULL);
    final CoreGroup core =
        new CoreGroup(
            "tsp",
            1,
            matrix,
            new VectorUnit(5120, 1280, 10),
            new LocalMemory(8 << 20, 4 << 20, 16384, 4),
            new Port(16384, 8192, 10e-9));
    return chip(
        "sram",
        0.9e9,
        core,
        Optional.of(
            new SharedMemory(
                230e6, SharedMemory.Managed.SOFTWARE, 14e12, 10e-9, 1.0, Optional.empty())),
        Optional.empty());
  }

  /** All of them. */
  public static List<Chip> all() {
    return List.of(gpu(), tpu(), sram());
  }

  /** A stack without menus: every tile that fits. */
  public static Stack stack() {
    return new Stack(
        "test",
        "every tile that fits",
        false,
        new Stack.Launch(0, 0, 0, 0, Optional.empty()),
        new Stack.Step(
            0,
            0,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        List.of(),
        Optional.empty(),
        new Stack.Scheduler(
            8192,
            256,
            16,
            0.9,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Format.BF16,
        Format.BF16,
        new Stack.AttentionKernels(128, 128, true, true, Map.of(), List.of()),
        new MatmulKernels(
            List.of(),
            64,
            List.of(1, 2, 4, 8),
            List.of(),
            0,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private static Chip chip(
      final String name,
      final double clock,
      final CoreGroup cores,
      final Optional<SharedMemory> shared,
      final Optional<ExternalMemory> memory) {
    return new Chip(
        name,
        "a chip of tests",
        clock,
        new Process("test", 5, 10000, 0.1),
        List.of(new Die("die", 1, 800, 0.5)),
        List.of(cores),
        shared,
        memory,
        Optional.of(
            new ScaleUp(
                "link",
                ScaleUp.Topology.SWITCH,
                18,
                450e9,
                0.9,
                1e-6,
                8,
                Optional.of(true),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())),
        Optional.empty(),
        new Power(700, 100, 100),
        new EnergyTable(OPERATION, 1e-12, 4e-12, 1e-13, 1e-13, 1e-13, 4e-12, 4e-12, 1e-11),
        new Cost(10, 700, 100, Optional.empty(), Optional.of(0.5), Optional.empty()),
        Map.of(Format.BF16, 1e15),
        new Defaults("test", "none"),
        Map.of());
  }
}
