package org.inferchip.simulation;

import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.engine.Bounds;
import org.inferchip.engine.Timing;
import org.inferchip.operator.Operator;

/**
 * One operator on one system.
 *
 * @param operator what was computed
 * @param latencyPicos device time and launch floor
 * @param launchPicos the launch floor in it
 * @param timing the simulated program
 * @param bounds the bounds that it was checked against
 * @param energy joules of all devices of the group
 * @param mapping the chosen mapping, for people and for pinning
 */
public record OperatorResult(
    Operator operator,
    long latencyPicos,
    long launchPicos,
    Timing timing,
    Bounds bounds,
    EnergyBreakdown energy,
    String mapping) {}
