package org.inferchip.arch;

/**
 * What makes a system of one chip when only the chip is named.
 *
 * @param stack name of the software stack
 * @param host path of the enclosure part, such as {@code parts/hosts/gpu-server-eighth.yaml}
 */
public record Defaults(String stack, String host) {}
