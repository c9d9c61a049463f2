package io.github.facelock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ApiArchitectureTest {

  static final JavaClasses API =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.facelock");

  static Stream<Class<?>> reflected() {
    return API.stream()
        .filter(type -> !type.getSimpleName().equals("package-info") && !type.isAnonymousClass())
        .<Class<?>>map(type -> type.reflect());
  }

  @Test
  void theWholeApiIsLookedAt() {
    assertThat(API.stream().map(type -> type.getPackageName()).distinct())
        .contains(
            "io.github.facelock.api",
            "io.github.facelock.api.enrolment",
            "io.github.facelock.api.face",
            "io.github.facelock.api.policy",
            "io.github.facelock.spi",
            "io.github.facelock.spi.face",
            "io.github.facelock.spi.store");
  }

  @Test
  void itDependsOnJavaAndJSpecifyOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.github.facelock.api..",
            "io.github.facelock.spi..",
            "java..",
            "javax.crypto..",
            "org.jspecify..")
        .check(API);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.github.facelock.(**)").should().beFreeOfCycles().check(API);
  }

  @Test
  void whatCallersSeeDoesNotDependOnWhatImplementersSee() {
    noClasses()
        .that()
        .resideInAPackage("io.github.facelock.api..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.facelock.spi..")
        .check(API);
  }

  @Test
  void everyPackageSaysWhyItExistsAndIsNullMarked() {
    List<Package> packages = reflected().map(Class::getPackage).distinct().toList();

    assertThat(packages)
        .hasSizeGreaterThanOrEqualTo(7)
        .allSatisfy(p -> assertThat(p.isAnnotationPresent(NullMarked.class)).as("%s", p).isTrue());
  }

  @Test
  void noRecordComponentIsAnArray() {
    assertThat(
            reflected()
                .filter(Class::isRecord)
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .filter(component -> component.getType().isArray())
                .map(RecordComponent::toString))
        .isEmpty();
  }

  @Test
  void nobodyReadsAClockOrRollsDice() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .check(API);
  }
}
