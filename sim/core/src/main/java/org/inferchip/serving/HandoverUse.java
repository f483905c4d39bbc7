package org.inferchip.serving;

/**
 * What caches did on their way, and where the time of completed requests went: means over all of
 * them, which add up to the mean end to end.
 *
 * @param requests whose cache was handed over
 * @param bytes sent
 * @param cachedTokens of prompts that were not sent, since the receiver had them
 * @param senderBusyShare share of the time in which ports of prefill instances sent
 * @param receiverBusyShare share of the time in which ports of decode instances received
 * @param queueing from arrival to the first step
 * @param prefill from there to the first token
 * @param room from there until a decode instance had room
 * @param link from there until both ports were free
 * @param transfer from there until the cache was there
 * @param decode from there to the last token
 */
public record HandoverUse(
    long requests,
    long bytes,
    long cachedTokens,
    double senderBusyShare,
    double receiverBusyShare,
    double queueing,
    double prefill,
    double room,
    double link,
    double transfer,
    double decode) {}
