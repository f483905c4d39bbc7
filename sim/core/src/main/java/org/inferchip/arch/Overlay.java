package org.inferchip.arch;

import java.util.Map;
import java.util.Optional;

/**
 * Values set over a system, such as those that a calibration fitted. Its name or path stands for
 * the system with these values wherever a system is wanted.
 *
 * @param name such as {@code h100-sxm-vllm}
 * @param description one line for a reader
 * @param system the system, or chip, by name or path
 * @param stack the software that the values are of; absent: the system's own
 * @param set value by key path of the system, spelled as in a description; numbers are quoted
 * @param provenance where the values come from, by what is said
 */
public record Overlay(
    String name,
    String description,
    String system,
    Optional<String> stack,
    Map<String, String> set,
    Map<String, String> provenance) {}
