package org.inferchip.report.claims;
