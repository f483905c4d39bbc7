/** Which of many designs are worth a look: fronts of several objectives, and their knee. */
package org.inferchip.explore.pareto;
