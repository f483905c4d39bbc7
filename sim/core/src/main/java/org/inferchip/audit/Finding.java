package org.inferchip.audit;

/**
 * One thing that is wrong with a program.
 *
 * @param kind what kind of thing
 * @param stream stream of the task, or -1 if it is about the program as a whole
 * @param item item of the stream, or -1
 * @param block block of the item, or -1
 * @param trip trip of the block, or -1
 * @param task task of the trip, or -1
 * @param detail what was found and what was expected
 */
public record Finding(
    Kind kind, int stream, int item, int block, int trip, int task, String detail) {

  /** What can be wrong. */
  public enum Kind {
    /** An element of a result that nothing stores. */
    NOT_PRODUCED,
    /** A region that is stored twice. */
    PRODUCED_TWICE,
    /** A sum that lacks parts of its reduction. */
    MISSING_PARTIAL_SUM,
    /** A part of a reduction that is summed twice. */
    REPEATED_PARTIAL_SUM,
    /** Operands of a task that do not belong together. */
    OPERAND_MISMATCH,
    /** A result that is not what its operator wants at that place. */
    WRONG_OUTPUT,
    /** Online softmax: a sum that was not rescaled to the running maximum. */
    RESCALE,
    /** Online softmax: keys hidden or seen against the operator's mask. */
    MASK,
    /** A collective's result without the data of some device, or with it twice. */
    CONTRIBUTION,
    /** Data of another device used without a send. */
    LOCALITY,
    /** A region read that the program's own waits do not put after its write. */
    READ_BEFORE_WRITE,
    /** An input, or a region outside its tensor, stored to or read. */
    BAD_REGION,
    /** A slot that is read and that no task ever fills. */
    SLOT_NOT_FILLED,
    /** A slot opened while all are open and none can be released before. */
    SLOT_OVER_DEPTH,
    /** A slot that is opened and not filled, or filled and never released. */
    SLOT_LEFT,
    /** A slot released twice by one task. */
    RELEASED_TWICE,
    /** More elements in a slot than it has room for, or read from it than it holds. */
    SLOT_SIZE,
    /** Buffers of a core's streams over its memory. */
    CORE_OVER_CAPACITY,
    /** Steps of an accumulation out of order. */
    ACCUMULATION,
    /** A buffer that several units of other streams fill, so that its order is a matter of luck. */
    SEVERAL_WRITERS,
    /** A wait for items that are never finished. */
    WAIT_NEVER_MET,
    /** An item that is not ended exactly once, by its last task. */
    ITEM_END,
    /** Multiply-accumulates that do not add up to the operator's. */
    OPERATIONS,
    /** Bytes of a task, or of all tasks, that do not add up. */
    BYTES,
    /** A tensor of another shape or format than the operator's. */
    TENSOR
  }

  @Override
  public String toString() {
    final String place =
        stream < 0
            ? "program"
            : "stream " + stream + " item " + item + " block " + block + " trip " + trip + " task "
                + task;
    return kind + " at " + place + ": " + detail;
  }
}
