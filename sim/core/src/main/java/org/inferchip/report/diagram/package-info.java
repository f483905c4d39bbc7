/** Block diagrams of chips and systems, laid out from their descriptions. */
package org.inferchip.report.diagram;
