/** How large dies are, and how their area follows from what stands on them. */
package org.inferchip.arch.area;
