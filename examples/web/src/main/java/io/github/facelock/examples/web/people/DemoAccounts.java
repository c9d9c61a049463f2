package io.github.facelock.examples.web.people;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Administration;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.face.Capture;
import io.github.facelock.spring.autoconfigure.FaceLockProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Makes the demo people's accounts at the first start, and prints how to log in. The password is
 * drawn once for each data folder: a demonstration that somebody leaves open to the network has no
 * password that the whole world knows.
 */
@Component
@ConditionalOnBooleanProperty("facelock.development")
@Order(Ordered.LOWEST_PRECEDENCE)
class DemoAccounts implements ApplicationRunner {

  private static final Logger LOG = LoggerFactory.getLogger(DemoAccounts.class);
  private static final SubjectId ADMINISTRATOR = SubjectId.of(DemoPerson.BEA.id());

  private final Enrolment enrolment;
  private final Administration administration;
  private final Path passwordFile;
  private final Environment environment;

  DemoAccounts(
      Enrolment enrolment,
      Administration administration,
      FaceLockProperties properties,
      Environment environment) {
    this.enrolment = enrolment;
    this.administration = administration;
    this.passwordFile = properties.dataDir().resolve("demo-password");
    this.environment = environment;
  }

  @Override
  public void run(ApplicationArguments args) throws IOException {
    String password = password();
    administration.bootstrap(ADMINISTRATOR, "first start");
    for (DemoPerson person : DemoPerson.values()) {
      if (person.enrolled()) {
        enrol(person, password);
      }
    }
    String port = environment.getProperty("local.server.port", "8080");
    LOG.info(
        """


            FaceLock's web example is ready:

              http://localhost:{}/

              user           anna     password  {}
              administrator  bea      password  {}

              No camera? Choose "Anna" or "Bea" as the camera at the foot of the page.
              Mails with codes come to http://localhost:{}/mailbox
            """,
        port,
        password,
        password,
        port);
  }

  private String password() throws IOException {
    if (!Files.exists(passwordFile)) {
      byte[] random = new byte[9];
      new SecureRandom().nextBytes(random);
      Path folder = passwordFile.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.createFile(
            passwordFile,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(passwordFile, Base64.getUrlEncoder().encodeToString(random));
    }
    return Files.readString(passwordFile, StandardCharsets.UTF_8).strip();
  }

  private void enrol(DemoPerson person, String password) {
    SubjectId subject = SubjectId.of(person.id());
    enrolment.register(subject);
    if (enrolment.enrolledFactors(subject).contains(FactorType.FACE)) {
      return;
    }
    enrolment.setPassword(subject, Secret.of(password));
    enrolment.setEmail(subject, Secret.of(person.id() + "@example.org"));
    FaceEnrolment face =
        enrolment.enrolFace(
            subject, Capture.ofImage(person.photograph().jpeg()), Consent.to("demonstration"));
    if (!(face instanceof FaceEnrolment.Enrolled)) {
      throw new IllegalStateException("The demo photograph of " + subject + " gave " + face);
    }
  }
}
