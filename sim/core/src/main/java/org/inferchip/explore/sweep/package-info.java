/**
 * Many designs at once: a file names what varies, points run in parallel, and a store keeps them so
 * that a sweep that was killed goes on where it was.
 */
package org.inferchip.explore.sweep;
