package org.inferchip.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.inferchip.SharedData;
import org.junit.jupiter.api.Test;

class ConverterEnergyTest {
  @Test
  void shouldFollowTheTableOfTheConverterLaw() throws IOException {
    final List<String> lines =
        Files.readAllLines(SharedData.file("golden/analog/adc_energy_pJ.csv"));
    final String[] header = lines.get(0).split(",");
    int checked = 0;
    for (final String line : lines.subList(1, lines.size())) {
      final String[] of = line.split(",");
      for (int i = 2; i < of.length; i++) {
        final double node = Double.parseDouble(header[i].replace("nm", ""));
        final double expected = Double.parseDouble(of[i]);
        final double found =
            1e12 * ConverterEnergy.joules(Integer.parseInt(of[0]), Double.parseDouble(of[1]), node);
        assertEquals(expected, found, 3e-3 * expected, line);
        checked++;
      }
    }
    assertEquals(27 * 8, checked);
  }
}
