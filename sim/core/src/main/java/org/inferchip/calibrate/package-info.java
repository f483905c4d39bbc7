/**
 * Predictions beside measurements: reads tables of measured rows, predicts each row from the
 * descriptions alone, and scores the errors beside those of two rooflines.
 */
package org.inferchip.calibrate;
