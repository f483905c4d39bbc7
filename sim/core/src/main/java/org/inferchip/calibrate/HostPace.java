package org.inferchip.calibrate;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;

/**
 * What a host needs to launch one call.
 *
 * @param time of a call
 */
record HostPace(@Measure(Dimension.SECONDS) double time) {}
