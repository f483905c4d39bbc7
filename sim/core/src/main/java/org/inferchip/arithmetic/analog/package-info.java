/**
 * What a crossbar of analog cells computes: converters, conductances with their errors, wires, and
 * the digital sums behind them. Conventions are those of CrossSim 3.2 (Sandia, BSD-3), whose
 * results the golden cases hold.
 */
package org.inferchip.arithmetic.analog;
