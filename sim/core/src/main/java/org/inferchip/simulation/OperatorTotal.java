package org.inferchip.simulation;

/**
 * What one operator did over a run.
 *
 * @param name the operator
 * @param calls runs, in fractions where steps were interpolated
 * @param seconds device time with launch floors
 * @param launchSeconds launch floors in it
 * @param boundSeconds lower bound of it
 * @param joules above idle, all devices
 * @param macs multiply-accumulates, all devices
 * @param memoryBytes traffic of external memory, or of shared memory on chips without one; all
 *     devices
 */
public record OperatorTotal(
    String name,
    double calls,
    double seconds,
    double launchSeconds,
    double boundSeconds,
    double joules,
    double macs,
    double memoryBytes) {}
