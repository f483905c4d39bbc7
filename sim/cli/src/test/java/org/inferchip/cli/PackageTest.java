package org.inferchip.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PackageTest {
  @Test
  void shouldHoldNothingButTheCommandLine() throws URISyntaxException {
    final Path compiled =
        Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    classes()
        .should()
        .resideInAPackage("org.inferchip.cli")
        .check(new ClassFileImporter().importPath(compiled));
  }
}
