/**
 * What tile programs compute: tensors, the interpreter that executes the tasks of a program on
 * values in the chip's formats and order of sums, float64 references with a-priori error bounds,
 * and the checkpoint and tokenizer of a small real decoder.
 */
package org.inferchip.arithmetic;
