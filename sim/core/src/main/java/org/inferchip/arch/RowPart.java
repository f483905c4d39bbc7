package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.numerics.Format;
import org.inferchip.units.Range;

/**
 * One kernel of several that a library starts one after the other for one piece of element-wise
 * work.
 *
 * @param work what it does to the rows; its own launch is that of the stack for such work
 * @param reads format of what it reads; absent: that of the whole work's input
 * @param writes format of what it writes; absent: that of the whole work's output
 * @param narrow whether a row has one column only (a mean, a root); absent: no
 * @param of whose result it reads: the number of a kernel, from 1, or 0 for the whole work's input;
 *     absent: of the one before
 */
public record RowPart(
    RowWork work,
    Optional<Format> reads,
    Optional<Format> writes,
    Optional<Boolean> narrow,
    @Range(min = 0) Optional<Integer> of) {}
