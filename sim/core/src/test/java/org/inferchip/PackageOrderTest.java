package org.inferchip;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the one way of the data: a package uses only those before it in the pipeline. */
class PackageOrderTest {
  private static final String ROOT = "org.inferchip.";

  /** The pipeline; each package may import only those before it. */
  private static final List<String> ORDER =
      List.of(
          "units",
          "numerics",
          "arch",
          "model",
          "trace",
          "operator",
          "program",
          "lowering",
          "mapping",
          "engine",
          "energy",
          "arithmetic",
          "audit",
          "simulation",
          "verification",
          "serving",
          "cost",
          "explore",
          "calibrate",
          "report");

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.inferchip");
  }

  @Test
  void shouldImportOnlyPackagesBeforeIt() {
    for (int i = 0; i < ORDER.size() - 1; i++) {
      final String[] later =
          ORDER.subList(i + 1, ORDER.size()).stream()
              .map(name -> ROOT + name + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + ORDER.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @Test
  void shouldHaveNoPackageOutsideThePipeline() {
    for (final JavaClass type : classes) {
      final String below = type.getPackageName().substring("org.inferchip".length());
      final String name = below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
      assertTrue(ORDER.contains(name), type.getName() + " is in no package of the pipeline");
    }
  }

  @Test
  void shouldHaveNoCycle() {
    slices().matching("org.inferchip.(*)..").should().beFreeOfCycles().check(classes);
  }
}
