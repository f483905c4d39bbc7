/** Plausibility of descriptions that are formally right. */
package org.inferchip.arch.lint;
