package io.github.facelock.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps the house in order: which package may know which, and who may touch what. */
class ArchitectureTest {

  private static final String CORE = "io.github.facelock.core";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(CORE);

  @Test
  void everyPackageSaysWhyItExists() {
    assertThat(CLASSES.getPackage(CORE).getSubpackagesInTree())
        .filteredOn(p -> !p.getClasses().isEmpty())
        .isNotEmpty()
        .allMatch(ArchitectureTest::hasPackageInfo);
  }

  private static boolean hasPackageInfo(JavaPackage each) {
    return each.tryGetPackageInfo().isPresent();
  }

  @Test
  void siblingsMeetThroughTheServiceInterfaces() {
    // The wiring sees all; crypto, http, image and mail are leaves that all may see.
    ArchRule rule =
        slices()
            .matching(CORE + ".(**)")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                resideInAPackage(CORE + ".."),
                resideInAnyPackage(
                    CORE + ".crypto", CORE + ".http", CORE + ".image", CORE + ".mail"));
    rule.check(CLASSES);
  }

  @Test
  void nothingDependsOnTheWiring() {
    noClasses()
        .that(not(resideInAPackage(CORE)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(CORE)
        .check(CLASSES);
  }

  @Test
  void leavesKnowNoOtherPackageOfTheCore() {
    for (String leaf : List.of(".crypto", ".http", ".image", ".mail")) {
      noClasses()
          .that()
          .resideInAPackage(CORE + leaf)
          .should()
          .dependOnClassesThat(
              resideInAPackage(CORE + "..").and(not(resideInAPackage(CORE + leaf))))
          .check(CLASSES);
    }
  }

  @Test
  void eachForeignLibraryHasOneHome() {
    onlyIn("ai.onnxruntime..", CORE + ".onnx");
    onlyIn("org.bytedeco..", CORE + ".opencv");
    onlyIn("com.nimbusds..", CORE + ".token");
    onlyIn("jakarta.mail..", CORE + ".mail");
    onlyIn("org.eclipse.angus..", CORE + ".mail");
    onlyIn("org.bouncycastle..", CORE + ".crypto", CORE + ".password", CORE + ".token");
    onlyIn("java.sql..", CORE + ".store.jdbc");
    onlyIn("redis.clients..", CORE + ".store.redis");
    onlyIn("javax.imageio..", CORE + ".image");
    onlyIn("java.net.http..", CORE + ".http");
    onlyIn("com.google.i18n.phonenumbers..", CORE + ".otp");
    onlyIn("com.google.zxing..", CORE + ".otp");
  }

  private static void onlyIn(String library, String... homes) {
    noClasses()
        .that(not(resideInAnyPackage(homes)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void noFrameworkIsKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "org.keycloak..", "jakarta.servlet..")
        .check(CLASSES);
  }

  @Test
  void randomnessIsSecureAndTimeIsInjected() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.SplittableRandom")
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
    // The wiring may choose the system's clock as the default; nobody else.
    noClasses()
        .that(not(resideInAPackage(CORE)))
        .should()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
    noClasses()
        .that(not(resideInAPackage(CORE)))
        .should()
        .callConstructor(SecureRandom.class)
        .because("a SecureRandom is injected")
        .check(CLASSES);
  }

  @Test
  void noRecordHandsOutAnArray() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .areRecords()
        .and()
        .doNotHaveModifier(JavaModifier.STATIC)
        .should()
        .haveRawType(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "no array", type -> !type.isArray()))
        .check(CLASSES);
  }
}
