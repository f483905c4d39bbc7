package org.inferchip.energy;

import java.util.List;

/**
 * Joules by component. Every joule is in exactly one component: the total is the sum.
 *
 * @param idle idle power x time, leakage included
 * @param busyFloor busy floor x share of cores in use x time
 * @param matrix matrix operations
 * @param vector vector and special operations
 * @param local local memory
 * @param port shared level to cores
 * @param shared shared memory
 * @param memory external memory; where its devices count apart, the chip's side of the interface
 * @param link scale-up links, and links between dies
 * @param host host link
 * @param device memory devices with a supply of their own, above their idle power
 * @param network hops of a network on the die
 */
public record EnergyBreakdown(
    double idle,
    double busyFloor,
    double matrix,
    double vector,
    double local,
    double port,
    double shared,
    double memory,
    double link,
    double host,
    double device,
    double network) {

  /** Nothing. */
  public static final EnergyBreakdown ZERO = new EnergyBreakdown(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Idle joules alone. */
  public static EnergyBreakdown idle(final double joules) {
    return new EnergyBreakdown(joules, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Of chips without networks on dies whose memory devices have no supply of their own. */
  public EnergyBreakdown(
      final double idle,
      final double busyFloor,
      final double matrix,
      final double vector,
      final double local,
      final double port,
      final double shared,
      final double memory,
      final double link,
      final double host) {
    this(idle, busyFloor, matrix, vector, local, port, shared, memory, link, host, 0, 0);
  }

  /** The same with so much of the joules of matrix operations. */
  public EnergyBreakdown switching(final double share) {
    return new EnergyBreakdown(
        idle,
        busyFloor,
        share * matrix,
        vector,
        local,
        port,
        shared,
        memory,
        link,
        host,
        device,
        network);
  }

  /** The components in the order of the record. */
  public List<Double> parts() {
    return List.of(
        idle, busyFloor, matrix, vector, local, port, shared, memory, link, host, device, network);
  }

  /** All components. */
  public double total() {
    return idle + busyFloor + matrix + vector + local + port + shared + memory + link + host
        + device + network;
  }

  /** This and another. */
  public EnergyBreakdown plus(final EnergyBreakdown o) {
    return new EnergyBreakdown(
        idle + o.idle,
        busyFloor + o.busyFloor,
        matrix + o.matrix,
        vector + o.vector,
        local + o.local,
        port + o.port,
        shared + o.shared,
        memory + o.memory,
        link + o.link,
        host + o.host,
        device + o.device,
        network + o.network);
  }

  /** This, so many times over. */
  public EnergyBreakdown times(final double factor) {
    return new EnergyBreakdown(
        idle * factor,
        busyFloor * factor,
        matrix * factor,
        vector * factor,
        local * factor,
        port * factor,
        shared * factor,
        memory * factor,
        link * factor,
        host * factor,
        device * factor,
        network * factor);
  }
}
