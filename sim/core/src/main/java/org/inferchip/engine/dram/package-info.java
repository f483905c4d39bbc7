/**
 * One channel of a DRAM, burst by burst: what share of its peak an access pattern gets. The tile
 * programs move whole tiles at a stated sustained share; this says how far such a share can hold.
 */
package org.inferchip.engine.dram;
