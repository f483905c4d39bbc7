/**
 * How far results can be trusted where the numbers under them are not certain: every number whose
 * source states a range, or whose kind has one in the shipped table, is drawn; energy and money are
 * counted again from recorded counters, times follow a response that a few simulated steps check.
 */
package org.inferchip.explore.uncertainty;
