package org.inferchip.verification;

import java.util.List;
import org.inferchip.arch.AnalogCell;
import org.inferchip.arch.AnalogConverters;

/**
 * One crossbar product with what it must give, as {@code inferchip crossbar} reads it.
 *
 * @param name of the case
 * @param cell how weights stand in cells
 * @param converters of inputs and outputs
 * @param weightScale weight that a full cell stands for
 * @param inputScale input that full drive stands for
 * @param mostRows inputs of one array; 0: all
 * @param mostColumns outputs of one array; 0: all
 * @param weights by output, then input
 * @param inputs by input, then vector
 * @param expected by output, then vector: a product, or the mean of products
 * @param deviation the same of their standard deviation; null without draws
 * @param draws that mean and deviation were taken of; 0: the product is exact
 * @param plus conductances of positive cells by slice, output and input; null: not stated
 * @param minus of negative cells
 * @param drawn whether the stated conductances hold errors of programming, so that they are taken
 *     as they are
 * @param unused parameters of the file that nothing here reads
 */
public record CrossbarCase(
    String name,
    AnalogCell cell,
    AnalogConverters converters,
    double weightScale,
    double inputScale,
    int mostRows,
    int mostColumns,
    double[][] weights,
    double[][] inputs,
    double[][] expected,
    double[][] deviation,
    int draws,
    double[][][] plus,
    double[][][] minus,
    boolean drawn,
    List<String> unused) {

  /** Whether wires lose voltage. */
  public boolean hasWires() {
    return cell.inputWire().isPresent() || cell.outputWire().isPresent();
  }
}
