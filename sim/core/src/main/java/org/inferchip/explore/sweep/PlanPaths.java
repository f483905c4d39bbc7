package org.inferchip.explore.sweep;

import java.util.List;

/** What of a point is no value of its system. */
final class PlanPaths {
  static final String FORMAT = "format";
  static final String TENSOR = "tensor_parallel";
  static final String PIPELINE = "pipeline_parallel";
  static final String BATCH = "work.batch";
  static final String CONTEXT = "work.context";
  static final String PREFILL = "work.prefill";
  static final String OUTPUT = "work.output";

  private static final List<String> WORK = List.of(BATCH, CONTEXT, PREFILL, OUTPUT);
  private static final List<String> ALL =
      List.of(FORMAT, TENSOR, PIPELINE, BATCH, CONTEXT, PREFILL, OUTPUT);

  private PlanPaths() {}

  static List<String> all() {
    return ALL;
  }

  /** Of the work: designs that do different work are not compared. */
  static List<String> work() {
    return WORK;
  }
}
