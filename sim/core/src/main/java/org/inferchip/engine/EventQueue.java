package org.inferchip.engine;

/**
 * Pending events of one simulation, in one exact total order: time, then class, then the order in
 * which they were scheduled. Class {@link #COMPLETION} (a result may be used) stands before {@link
 * #FREE} (a unit falls idle), so that a unit which falls idle sees all that was ready by then.
 *
 * <p>An event is a time in picoseconds, a class and a payload of {@link #PAYLOAD_BITS} bits that
 * the caller understands. Implementations do not allocate once warm and are not thread-safe.
 */
public interface EventQueue {
  /** A result may be used from now on. */
  int COMPLETION = 0;

  /** A unit may take its next task. */
  int FREE = 1;

  /** Bits of a payload. */
  int PAYLOAD_BITS = 24;

  /** Adds an event; times are not negative, payloads below 2^{@link #PAYLOAD_BITS}. */
  void schedule(long timePicos, int eventClass, int payload);

  /** Removes the first event and gives its payload. */
  int pop();

  /** Time of the event that was removed last. */
  long time();

  /** Events pending. */
  int size();

  /** Whether none is pending. */
  default boolean isEmpty() {
    return size() == 0;
  }
}
