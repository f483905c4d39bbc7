/**
 * What is said of this field, tested: claims, verdicts, and the conditions under which they turn.
 */
package org.inferchip.report.claims;
