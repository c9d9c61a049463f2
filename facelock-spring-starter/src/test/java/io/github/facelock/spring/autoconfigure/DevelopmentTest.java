package io.github.facelock.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.spi.OtpChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What development mode does not take away. */
class DevelopmentTest {

  private static final SubjectId ANNA = SubjectId.of("anna");

  @TempDir Path folder;

  private ApplicationContextRunner development() {
    return Runners.inMemory()
        .withPropertyValues("facelock.development=true", "facelock.data-dir=" + folder);
  }

  @Test
  void withoutAMailServerMailsGoIntoAFolder() {
    development()
        .run(context -> assertThat(context.getBean(OtpChannel.class).name()).isEqualTo("folder"));
  }

  @Test
  void aMailServerGoesBeforeTheFolder() {
    development()
        .withPropertyValues("facelock.mail.host=127.0.0.1", "facelock.mail.from=us@example.org")
        .run(context -> assertThat(context.getBean(OtpChannel.class).name()).isEqualTo("smtp"));
  }

  @Test
  void peopleStayWhenNoDatabaseIsNamed() {
    // Spring Boot makes a data source in memory where H2 is there and no address is.
    ApplicationContextRunner runner =
        development()
            .withPropertyValues("facelock.store.type=auto")
            .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class));

    runner.run(context -> assertThat(context.getBean(Enrolment.class).register(ANNA)).isTrue());

    runner.run(context -> assertThat(context.getBean(Enrolment.class).register(ANNA)).isFalse());
  }
}
