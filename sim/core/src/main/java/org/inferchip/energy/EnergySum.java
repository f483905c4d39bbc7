package org.inferchip.energy;

/** Adds up breakdowns in the order given, without allocating. Not thread-safe. */
public final class EnergySum {
  private double busyFloor;
  private double matrix;
  private double vector;
  private double local;
  private double port;
  private double shared;
  private double memory;
  private double link;
  private double host;
  private double device;
  private double network;

  /** Adds everything but the idle part. */
  public void addAboveIdle(final EnergyBreakdown e) {
    busyFloor += e.busyFloor();
    matrix += e.matrix();
    vector += e.vector();
    local += e.local();
    port += e.port();
    shared += e.shared();
    memory += e.memory();
    link += e.link();
    host += e.host();
    device += e.device();
    network += e.network();
  }

  /** Joules so far, without the idle part. */
  public double aboveIdle() {
    return withIdle(0).total();
  }

  /**
   * The sum so far.
   *
   * @param idleJoules the idle part, counted by the caller over the whole time
   */
  public EnergyBreakdown withIdle(final double idleJoules) {
    return new EnergyBreakdown(
        idleJoules,
        busyFloor,
        matrix,
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
}
