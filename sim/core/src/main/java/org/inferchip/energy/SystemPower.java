package org.inferchip.energy;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.SystemDescription.Enclosure;

/**
 * Average watts at four boundaries, for the chips allocated to a run and their share of everything
 * around them. Each boundary includes those before it.
 *
 * <pre>
 *   chip     = joules of the chips / time                       (with their memory)
 *   board    = chip + board power x chips
 *   system   = (board + share (idle + load x loaded)) / supply efficiency,  share = chips / count
 *   facility = system x PUE
 * </pre>
 *
 * The form is that of a node at the wall (eight chips + host + fans over supply efficiency); on
 * 8-GPU nodes wall over chip TDP is 1.2 to 1.3 (MLPerf power logs, 1 Hz).
 *
 * @param chip chips with their memory
 * @param board regulators and other parts on the boards too
 * @param system at the plug of the box: host, fans, network, supply losses
 * @param facility with cooling and distribution of the building
 * @param around watts by part of everything that is not a chip
 */
public record SystemPower(
    double chip, double board, double system, double facility, Around around) {

  /**
   * Everything that is not a chip, watts.
   *
   * @param boards regulators and other parts on the boards
   * @param resting host, fans and network at rest
   * @param working what they draw above that
   * @param supply lost in supplies
   * @param cooling cooling and distribution of the building
   */
  public record Around(
      double boards, double resting, double working, double supply, double cooling) {}

  /**
   * Watts of a run.
   *
   * @param description the box or rack
   * @param chips allocated to the run, at most the system's count
   * @param chipWatts average of all of these together
   * @param load share of the time in which the replica computes, 0 to 1; scales what the enclosure
   *     draws above idle
   */
  public static SystemPower of(
      final SystemDescription description,
      final int chips,
      final double chipWatts,
      final double load) {
    if (chips < 1 || chips > description.count()) {
      throw new IllegalArgumentException(chips + " chips of " + description.count());
    }
    final Enclosure around = description.enclosure();
    final double share = (double) chips / description.count();
    final double board = chipWatts + around.boardPower() * chips;
    final double system =
        (board + share * (around.idlePower() + load * around.loadedPower()))
            / around.powerEfficiency();
    return new SystemPower(
        chipWatts,
        board,
        system,
        system * around.pue(),
        new Around(
            around.boardPower() * chips,
            share * around.idlePower(),
            share * load * around.loadedPower(),
            system * (1 - around.powerEfficiency()),
            system * (around.pue() - 1)));
  }

  /**
   * The same with every chip at its stated limit and full load: the plate that a rack is sized by.
   */
  public static SystemPower atLimit(final SystemDescription description, final int chips) {
    return of(description, chips, chips * description.chip().power().tdp(), 1);
  }

  /** Of both together. */
  public SystemPower plus(final SystemPower o) {
    return new SystemPower(
        chip + o.chip,
        board + o.board,
        system + o.system,
        facility + o.facility,
        new Around(
            around.boards + o.around.boards,
            around.resting + o.around.resting,
            around.working + o.around.working,
            around.supply + o.around.supply,
            around.cooling + o.around.cooling));
  }

  /** Sums that are not those of their parts, each in a sentence. */
  public List<String> violations() {
    final List<String> broken = new ArrayList<>();
    EnergyLaw.broken("watts of the boards", board, List.of(chip, around.boards()))
        .ifPresent(broken::add);
    EnergyLaw.broken(
            "watts of the system",
            system,
            List.of(board, around.resting(), around.working(), around.supply()))
        .ifPresent(broken::add);
    EnergyLaw.broken("watts of the facility", facility, List.of(system, around.cooling()))
        .ifPresent(broken::add);
    return broken;
  }
}
