/**
 * The region reader of a tile program: what each slot and each tensor region holds, as rows,
 * columns and the parts of a sum, without a single number. It proves that every output element is
 * produced exactly once from the right operands, that nothing is read before it is written by the
 * program's own waits, that no buffer is over its capacity, and that operations and bytes add up.
 */
package org.inferchip.audit;
