package org.inferchip.arch;

import java.util.Optional;

/**
 * A number of a description that a calibration may fit. Values are spelled as in the description:
 * with their unit, or quoted where they have none ({@code "0.9"}).
 *
 * @param low least value that physics or software allows
 * @param typical of the class, for a device of which nothing was measured
 * @param high largest value
 * @param clocked whether it is time of instructions, which another clock makes longer or shorter:
 *     from other devices it comes over in cycles; absent: no
 */
public record FreeParameter(String low, String typical, String high, Optional<Boolean> clocked) {}
