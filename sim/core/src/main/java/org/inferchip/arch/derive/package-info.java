/**
 * Laws for what a description does not say: floors by area, energies by node, size and distance.
 */
package org.inferchip.arch.derive;
