package org.inferchip.serving;

import java.util.Map;

/**
 * What became of the requests of a run.
 *
 * @param requests all of the trace: completed + rejected + unfinished
 * @param completed all tokens delivered
 * @param rejected turned away at arrival
 * @param unfinished in the system or yet to arrive at the end
 * @param reasons rejected requests by reason
 * @param inputTokens prompt tokens of completed requests
 * @param outputTokens delivered, of all requests
 * @param withoutTpot completed requests of one token, whose TPOT is undefined
 */
public record RequestCounts(
    long requests,
    long completed,
    long rejected,
    long unfinished,
    Map<Rejection, Long> reasons,
    long inputTokens,
    long outputTokens,
    long withoutTpot) {}
