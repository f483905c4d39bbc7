package org.inferchip.explore.sweep;

/**
 * How a figure follows one parameter over a sweep: {@code ln(y2 / y1) / ln(x2 / x1)} of every two
 * designs that are neighbours in this parameter and equal in all else. -1 of a latency means that 1
 * % more of the parameter makes it 1 % shorter.
 *
 * @param system of the designs
 * @param model that they run
 * @param parameter column that varies
 * @param figure column that follows
 * @param pairs of neighbours
 * @param mean of their slopes
 * @param least of their slopes
 * @param most of their slopes
 */
public record Slope(
    String system,
    String model,
    String parameter,
    String figure,
    int pairs,
    double mean,
    double least,
    double most) {}
