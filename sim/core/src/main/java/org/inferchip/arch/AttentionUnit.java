package org.inferchip.arch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.numerics.Exponential;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * A fixed-function attention unit: an array for scores (Q K^T), a pipeline for the online softmax,
 * and an array for values (P V), each busy with a block of keys of its own while the block passes
 * from one to the next. It fetches keys and values over a path of its own, and works beside the
 * core's matrix and vector units.
 *
 * @param count equal units in a core, each with queues of its own
 * @param queryRows rows of queries (tokens x heads of a group) that the arrays hold; fewer rows
 *     take as long
 * @param keyTile keys of a block
 * @param headDims head sizes that it is wired for
 * @param scoreMacs multiply-accumulates a cycle of the array for scores, by input format
 * @param valueMacs of the array for values
 * @param softmaxLanes scores a cycle through the softmax
 * @param scoreLatencyCycles from a block's last score issued to its use
 * @param softmaxLatencyCycles from a block's last score in to its last probability out
 * @param valueLatencyCycles from a block's last product issued to its sums
 * @param exponential how the softmax computes exponentials
 * @param path bytes a cycle of keys and values into one unit
 */
public record AttentionUnit(
    @Range(min = 1) int count,
    @Range(min = 1) int queryRows,
    @Range(min = 1) int keyTile,
    @Range(min = 1) List<Integer> headDims,
    @Range(min = 1) Map<Format, Integer> scoreMacs,
    @Range(min = 1) Map<Format, Integer> valueMacs,
    @Range(min = 1) int softmaxLanes,
    int scoreLatencyCycles,
    int softmaxLatencyCycles,
    int valueLatencyCycles,
    Exponential exponential,
    @Measure(Dimension.BYTES_PER_CYCLE) @Range(min = 0, exclusive = true) double path) {

  /**
   * Why an attention does not fit the unit; empty if it does.
   *
   * @param headDim of queries and keys
   * @param valueDim of values
   * @param format the wider of queries and cache
   */
  public Optional<String> misfit(final int headDim, final int valueDim, final Format format) {
    if (!headDims.contains(headDim)) {
      return Optional.of("head size " + headDim + " is not among " + headDims);
    }
    if (valueDim != headDim) {
      return Optional.of("values of " + valueDim + " elements beside keys of " + headDim);
    }
    if (!scoreMacs.containsKey(format) || !valueMacs.containsKey(format)) {
      return Optional.of("format " + format.key() + " is not among its formats");
    }
    return Optional.empty();
  }
}
