/**
 * Serving: a trace of requests and the cost of a step in; latencies, throughput and energy out.
 *
 * <p>One replica, with the scheduler of vLLM V1 as reference semantics. Simulated time is a {@code
 * long} in picoseconds from the start of the trace. Simultaneous events are handled in this order:
 * steps complete, requests arrive (in trace order), a step is scheduled.
 */
package org.inferchip.serving;
