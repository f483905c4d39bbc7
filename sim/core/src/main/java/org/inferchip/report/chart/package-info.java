/**
 * Charts for papers and pages, made of plain numbers: a class a kind of chart, each with what it
 * draws as rows beside it. Nothing here knows a simulation.
 */
package org.inferchip.report.chart;
