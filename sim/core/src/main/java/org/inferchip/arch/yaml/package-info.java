/**
 * Reads descriptions out of YAML files: finds them ({@link org.inferchip.arch.yaml.Catalog}),
 * composes them of parts ({@code use}, {@code extends}, overrides) and binds them strictly to
 * records, keeping file, line, column and key path of every value for messages and sources.
 */
package org.inferchip.arch.yaml;
