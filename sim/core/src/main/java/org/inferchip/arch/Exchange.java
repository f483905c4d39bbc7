package org.inferchip.arch;

/** What the devices of a collective exchange; see the operator of the same name. */
public enum Exchange {
  /** Every device gets the sum of all inputs. */
  ALL_REDUCE,
  /** Every device gets all parts. */
  ALL_GATHER,
  /** Every device gets its part of the sum. */
  REDUCE_SCATTER,
  /** Every device gets its part of every other's input. */
  ALL_TO_ALL,
  /** One device to the next. */
  SEND
}
