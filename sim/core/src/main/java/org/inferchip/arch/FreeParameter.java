package org.inferchip.arch;

/**
 * A number of a description that a calibration may fit. Values are spelled as in the description:
 * with their unit, or quoted where they have none ({@code "0.9"}).
 *
 * @param low least value that physics or software allows
 * @param typical of the class, for a device of which nothing was measured
 * @param high largest value
 */
public record FreeParameter(String low, String typical, String high) {}
