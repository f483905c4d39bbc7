package org.inferchip.explore;

import org.inferchip.serving.RouterPolicy;

/**
 * How many instances serve a trace together.
 *
 * @param replicas of the system
 * @param router that deals requests out to them
 */
public record FleetWishes(int replicas, RouterPolicy router) {
  /** Instances at most. */
  public static final int MOST = 1024;

  /** One instance. */
  public static final FleetWishes NONE = new FleetWishes(1, RouterPolicy.LEAST_REQUESTS);

  /** Whether there is one instance alone. */
  public boolean none() {
    return replicas == 1;
  }
}
