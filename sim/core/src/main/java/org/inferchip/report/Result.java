package org.inferchip.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a result folder is made of.
 *
 * @param compared whether systems stand side by side, each with tables in a folder of its name; a
 *     run of one system has its tables at the top
 * @param systems the results, in the order of the comparison
 * @param command that makes the result again
 */
public record Result(boolean compared, List<SystemResult> systems, String command) {
  /** Checks that a run is of one system. */
  public Result {
    systems = List.copyOf(systems);
    if (systems.isEmpty() || !compared && systems.size() > 1) {
      throw new IllegalArgumentException(systems.size() + " systems, compared: " + compared);
    }
  }

  /**
   * All systems of several results side by side. Where a name comes twice, the label of its result
   * is put behind it.
   *
   * @param labels of the results, such as their folders' names
   */
  public static Result sideBySide(
      final List<Result> results, final List<String> labels, final String command) {
    final List<String> names =
        results.stream().flatMap(r -> r.systems().stream()).map(SystemResult::name).toList();
    final Set<String> taken = new HashSet<>();
    final List<SystemResult> systems = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      for (final SystemResult system : results.get(i).systems()) {
        final boolean shared = Collections.frequency(names, system.name()) > 1;
        final String wanted = shared ? system.name() + " " + labels.get(i) : system.name();
        String name = wanted;
        for (int n = 2; !taken.add(name); n++) {
          name = wanted + " " + n;
        }
        systems.add(system.named(name));
      }
    }
    return new Result(true, systems, command);
  }

  /** Folder of a system's tables, with a slash behind it; empty for the top. */
  String folderOf(final SystemResult system) {
    return compared ? system.name() + "/" : "";
  }
}
