package org.inferchip.operator;

/**
 * What one kernel must compute: shapes and formats, no schedule. A program (package {@code
 * program}) says how; the audit and the arithmetic check the program against its operator.
 *
 * <p>Operators are values: two with equal fields cost the same, which is what memos rely on.
 */
public sealed interface Operator permits MatMul, Attention, Elementwise, Collective {

  /** The field's name, such as {@code qkv_proj}, {@code attention_decode}, {@code all_reduce}. */
  String name();

  /** Multiply-accumulates that a matrix unit must do; two operations each. */
  long multiplyAccumulates();

  /** Fewest bytes that must be read: each input element once, in its format. */
  long compulsoryReadBytes();

  /** Fewest bytes that must be written: each output element once, in its format. */
  long compulsoryWriteBytes();

  /** The operator without its name, for memos: equal work has equal keys. */
  Object workKey();
}
