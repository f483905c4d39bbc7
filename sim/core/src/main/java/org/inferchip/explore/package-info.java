/** Evaluates designs: one system, one model and one trace at a time, or many of them. */
package org.inferchip.explore;
