/**
 * A step of a transformer as operators: which matrices, at which shapes, in which order, and what
 * is exchanged between devices. No schedule and no chip.
 */
package org.inferchip.lowering;
