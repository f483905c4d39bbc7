/**
 * When each task of a tile program runs: event queue, units and their laws, pipes, buffers'
 * credits, residency, folding, bounds. Entry: {@link org.inferchip.engine.Engine}.
 *
 * <p>Events are ordered by time, then class (completions before units falling free), then the order
 * in which they were scheduled.
 */
package org.inferchip.engine;
