/**
 * Request traces: readers of published formats and of our own, transforms, statistics, synthesis.
 *
 * <p>Every reader keeps the law rows read = requests + rows dropped, each drop with its reason. An
 * oddity that changes what is replayed is a named {@link org.inferchip.trace.Note}; what cannot be
 * understood is a problem with its line. Nothing is cut or skipped in silence.
 */
package org.inferchip.trace;
