package org.inferchip.trace;

import java.util.List;

/** A request while it is being read; fields as in {@link Request}. */
final class Draft {
  int line;
  String id;
  long row;
  long arrivalNanos = Request.UNTIMED;
  int inputTokens;
  int outputTokens;
  int maxOutputTokens;
  BlockIds blocks = BlockIds.NONE;
  String prefixGroup = "";
  int prefixTokens;
  String session = "";
  int turn;

  /** Whether turn n waits for turn n-1: the row has a turn and says nothing else. */
  boolean waitsForTurn;

  List<String> waitFor = List.of();
  long delayNanos;
  long toolWaitNanos;
  boolean prefixReset;
  String model = "";
  String lora = "";
  int priority;
  String sloClass = Request.DEFAULT_CLASS;
  long deadlineNanos = Request.UNTIMED;
  long cancelAfterNanos = Request.UNTIMED;
  List<Double> acceptance = List.of();
  int samples = 1;
  int images;
  long recordedTtftNanos = Request.UNTIMED;
  long recordedE2eNanos = Request.UNTIMED;

  Draft(final int line, final long row) {
    this.line = line;
    this.row = row;
    this.id = Long.toString(row);
  }

  static Draft of(final Request request) {
    final Draft draft = new Draft(0, request.row());
    draft.id = request.id();
    draft.arrivalNanos = request.arrivalNanos();
    draft.inputTokens = request.inputTokens();
    draft.outputTokens = request.outputTokens();
    draft.maxOutputTokens = request.maxOutputTokens();
    draft.blocks = request.blocks();
    draft.prefixGroup = request.prefixGroup();
    draft.prefixTokens = request.prefixTokens();
    draft.session = request.session();
    draft.turn = request.turn();
    draft.waitFor = request.waitFor();
    draft.delayNanos = request.delayNanos();
    draft.toolWaitNanos = request.toolWaitNanos();
    draft.prefixReset = request.prefixReset();
    draft.model = request.model();
    draft.lora = request.lora();
    draft.priority = request.priority();
    draft.sloClass = request.sloClass();
    draft.deadlineNanos = request.deadlineNanos();
    draft.cancelAfterNanos = request.cancelAfterNanos();
    draft.acceptance = request.acceptance();
    draft.samples = request.samples();
    draft.images = request.images();
    draft.recordedTtftNanos = request.recordedTtftNanos();
    draft.recordedE2eNanos = request.recordedE2eNanos();
    return draft;
  }

  Request build() {
    return new Request(
        id,
        row,
        arrivalNanos,
        inputTokens,
        outputTokens,
        maxOutputTokens,
        blocks,
        prefixGroup,
        prefixTokens,
        session,
        turn,
        waitFor,
        delayNanos,
        toolWaitNanos,
        prefixReset,
        model,
        lora,
        priority,
        sloClass,
        deadlineNanos,
        cancelAfterNanos,
        acceptance,
        samples,
        images,
        recordedTtftNanos,
        recordedE2eNanos);
  }
}
