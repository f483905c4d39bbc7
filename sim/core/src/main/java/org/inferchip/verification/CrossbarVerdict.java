package org.inferchip.verification;

import java.util.List;

/**
 * How far a crossbar's products are from what a case says.
 *
 * @param name of the case
 * @param draws 0 for an exact case; else products that mean and deviation here were taken of
 * @param maxAbsError largest difference of a product, or of a mean of products
 * @param bound of it: for means, the largest that any element may have
 * @param maxConductanceError of the conductances that the case states; 0 where it states none
 * @param maxStandardErrors largest difference of a mean, in standard errors of the case's mean
 * @param deviationRatio geometric mean over elements of the deviation here over the case's; 1 for
 *     an exact case
 * @param ok whether all is within its bound
 * @param unused parameters of the case that change nothing
 */
public record CrossbarVerdict(
    String name,
    int draws,
    double maxAbsError,
    double bound,
    double maxConductanceError,
    double maxStandardErrors,
    double deviationRatio,
    boolean ok,
    List<String> unused) {}
