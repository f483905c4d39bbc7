/**
 * How operators are laid over a chip: mappings (tile shapes, splits, depths), the tile programs
 * that follow from them, the space of mappings that fit, and the search through it.
 */
package org.inferchip.mapping;
