package org.inferchip.calibrate;

/**
 * Who gets the routes that rounding leaves when a collector deals tokens to experts by a power law.
 */
public enum RoutesRest {
  /** The least loaded experts of all devices in turn; none has more routes than tokens. */
  SPREAD,
  /** The least loaded experts, of equals the last; none has more routes than tokens. */
  SMALLEST,
  /** The experts that have most. */
  PILED
}
