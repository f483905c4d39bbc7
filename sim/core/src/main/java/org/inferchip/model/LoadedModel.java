package org.inferchip.model;

import java.util.List;
import org.inferchip.arch.yaml.InputFile;

/**
 * A model with where it came from.
 *
 * @param model the model
 * @param files files it was read from
 * @param estimateShare share of its numbers that are estimates
 * @param notes what an import had to assume
 */
public record LoadedModel(
    Model model, List<InputFile> files, double estimateShare, List<String> notes) {

  /** Takes copies of the lists. */
  public LoadedModel {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }
}
