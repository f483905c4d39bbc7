package org.inferchip.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.Cost;
import org.inferchip.arch.Defaults;
import org.inferchip.arch.DeviceEnergy;
import org.inferchip.arch.Die;
import org.inferchip.arch.EnergyTable;
import org.inferchip.arch.Power;
import org.inferchip.arch.Process;
import org.inferchip.engine.AnalogWork;
import org.inferchip.engine.Counters;
import org.inferchip.numerics.Format;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;

class EnergyModelTest {
  private static final long MILLISECOND = 1_000_000_000L;

  /** 100 W idle, 50 W floor; every pJ figure is a round number of its own. */
  private static Chip chip(final double tdp) {
    return chip(tdp, Optional.empty());
  }

  private static Chip chip(final double tdp, final Optional<DeviceEnergy> devices) {
    return new Chip(
        "test",
        "",
        1e9,
        new Process("N4", 4, 10_000, 0.1),
        List.of(new Die("die", 1, 100, 0)),
        List.of(new CoreGroup("core", 1, null, null, null, null)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Power(tdp, 100, 50),
        new EnergyTable(
            Map.of(Format.BF16, 0.5e-12),
            2e-12,
            20e-12,
            0.1e-12,
            0.2e-12,
            0.3e-12,
            4e-12,
            6e-12,
            7e-12,
            Optional.empty(),
            Optional.empty(),
            devices,
            Optional.of(0.2e-12),
            Optional.empty()),
        new Cost(0, 0, 0, Optional.of(1.0), Optional.empty(), Optional.empty()),
        Map.of(),
        new Defaults("vllm", "none"),
        Map.of());
  }

  private static Counters counters(final Format format) {
    return new Counters(
        Map.of(format, 50_000_000_000L), // 100 GFLOP
        1_000_000_000L,
        1_000_000L, // vector, special
        700_000_000L,
        300_000_000L, // memory
        2_000_000_000L,
        500_000_000L, // shared
        3_000_000_000L,
        1_000_000_000L, // ports
        10_000_000_000L, // local
        100_000_000L, // links
        1);
  }

  @Test
  void shouldChargeEveryComponentOnce() {
    final EnergyBreakdown e =
        EnergyModel.of(chip(1000)).energy(counters(Format.BF16), MILLISECOND, 0.5);
    assertEquals(0.1, e.idle(), 1e-12);
    assertEquals(0.025, e.busyFloor(), 1e-12);
    assertEquals(0.05, e.matrix(), 1e-12);
    assertEquals(0.00202, e.vector(), 1e-12);
    assertEquals(0.008, e.local(), 1e-12);
    assertEquals(0.0064, e.port(), 1e-12);
    assertEquals(0.006, e.shared(), 1e-12);
    assertEquals(0.032, e.memory(), 1e-12);
    assertEquals(0.0048, e.link(), 1e-12);
    assertEquals(0.23422, e.total(), 1e-12);
  }

  @Test
  void shouldChargeEveryHopOfANetworkOnADie() {
    final Counters hops =
        new Counters(
            Map.of(), Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, AnalogWork.NONE, 0, 500_000_000L);
    final EnergyBreakdown e = EnergyModel.of(chip(1000)).energy(hops, MILLISECOND, 0);
    assertEquals(0.0008, e.network(), 1e-15); // 4 Gbit x 0.2 pJ
    assertEquals(e.idle() + e.network(), e.total(), 1e-15);
    assertEquals(2 * e.network(), e.plus(e).network(), 1e-15);
  }

  @Test
  void shouldSplitTheRailOfTheMemoryDevicesOff() {
    final DeviceEnergy devices = new DeviceEnergy(8, 5e-12, 2e-12, Optional.of(0.5e-12));
    final EnergyModel model = EnergyModel.of(chip(1000, Optional.of(devices)));
    final EnergyBreakdown e = model.energy(counters(Format.BF16), MILLISECOND, 0.5);
    // 0.7 GB read at 5.5 pJ/bit and 0.3 GB written at 2.5; 8 W of the 100 W idle for 1 ms.
    assertEquals(0.0308 + 0.006, e.device(), 1e-12);
    assertEquals(0.032, e.memory(), 1e-12);
    assertEquals(0.23422 + 0.0368, e.total(), 1e-12);
    assertEquals(0.0368 + 0.008, model.deviceJoules(e).orElseThrow(), 1e-12);
    assertEquals(Optional.empty(), EnergyModel.of(chip(1000)).deviceJoules(e));
  }

  @Test
  void shouldScaleFloorsButNotCountersWithChips() {
    final EnergyModel model = EnergyModel.of(chip(1000));
    final EnergyBreakdown one = model.energy(counters(Format.BF16), MILLISECOND, 1);
    final EnergyBreakdown four = model.energy(counters(Format.BF16), MILLISECOND, 1, 4);
    assertEquals(4 * (one.idle() + one.busyFloor()), four.idle() + four.busyFloor(), 1e-12);
    assertEquals(one.matrix() + one.memory(), four.matrix() + four.memory(), 0);
  }

  @Test
  void shouldRefuseAFormatWithoutEnergy() {
    final InvalidInputException thrown =
        assertThrows(
            InvalidInputException.class,
            () -> EnergyModel.of(chip(1000)).energy(counters(Format.FP8_E4M3), MILLISECOND, 1));
    assertTrue(thrown.getMessage().contains("energy.operation.fp8_e4m3"), thrown.getMessage());
  }

  @Test
  void shouldNotThrottleBelowTheCap() {
    final EnergyModel model = EnergyModel.of(chip(1000));
    final EnergyBreakdown e = model.energy(counters(Format.BF16), MILLISECOND, 1);
    final Throttle throttle = model.throttle(e, MILLISECOND, 1);
    assertEquals(1, throttle.phi());
    assertEquals(MILLISECOND, throttle.makespanPicos());
  }

  @Test
  void shouldDrawTheSustainedLimitWhenThrottled() {
    final EnergyModel model = EnergyModel.of(chip(200));
    final EnergyBreakdown e = model.energy(counters(Format.BF16), MILLISECOND, 1);
    final Throttle throttle = model.throttle(e, MILLISECOND, 1);
    final double watts = throttle.energy().total() / (throttle.makespanPicos() * 1e-12);
    assertEquals(197, watts, 1e-6);
    // idle 100 W; core 122.42 W and out 36.8 W at nominal clock: 122.42 p^2 + 36.8 p = 97.
    final double phi = throttle.phi();
    assertEquals(97, 122.42 * phi * phi + 36.8 * phi, 1e-9);
    assertEquals(e.memory(), throttle.energy().memory());
  }

  @Test
  void shouldThrottleAShortStretchLessThanASustainedOne() {
    final EnergyModel model = EnergyModel.of(chip(200));
    final EnergyBreakdown e = model.energy(counters(Format.BF16), MILLISECOND, 1);
    // A stretch of four time constants counts with 0.8: 0.8 (122.42 p^2 + 36.8 p) = 97.
    final double phi = model.throttle(e, MILLISECOND, 1, 0.02).phi();
    assertEquals(97, 0.8 * (122.42 * phi * phi + 36.8 * phi), 1e-9);
    assertTrue(phi > model.throttle(e, MILLISECOND, 1).phi());
    assertEquals(1, model.throttle(e, MILLISECOND, 1, 0.001).phi());
  }

  @Test
  void shouldRefuseAPowerLimitBelowIdle() {
    final EnergyModel model = EnergyModel.of(chip(100));
    final EnergyBreakdown e = model.energy(counters(Format.BF16), MILLISECOND, 1);
    assertThrows(InvalidInputException.class, () -> model.throttle(e, MILLISECOND, 1));
  }
}
