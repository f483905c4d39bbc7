/**
 * Checks that chosen programs compute the right numbers: whole operators or samples of them,
 * audited and executed; and a real decoder whose every operator runs through the tile programs of a
 * system.
 */
package org.inferchip.verification;
