package org.inferchip.explore.sweep;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A point of a sweep.
 *
 * @param index its number
 * @param system its place among the systems
 * @param model its place among the models
 * @param settings what varies, in the order of the file
 */
record Point(int index, int system, int model, List<Setting> settings) {

  /** Points of one key have the same system. */
  String systemKey() {
    return system + text(settings.stream().filter(Setting::ofSystem).toList());
  }

  /** Points of one key have the same model and work, so that they can be compared. */
  String workKey() {
    return model + " " + work();
  }

  /** What of the work varies, in words; empty if nothing does. */
  String work() {
    return text(settings.stream().filter(s -> PlanPaths.work().contains(s.path())).toList());
  }

  private static String text(final List<Setting> of) {
    return of.stream().map(one -> one.path() + "=" + one.text()).collect(Collectors.joining(", "));
  }

  Optional<Setting> setting(final String path) {
    return settings.stream().filter(one -> one.path().equals(path)).findFirst();
  }
}
