package io.github.facelock.spring.web.admin;

import static io.github.facelock.spring.security.FaceLockConfigurer.facelock;
import static org.springframework.security.config.Customizer.withDefaults;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.alert.AlertSettings;
import io.github.facelock.core.alert.AlertTarget;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.RecordingAlertSink;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** An application with an administrator (root), an operator (olga) and a user (ann). */
@SpringBootConfiguration
@EnableAutoConfiguration
class AdminApp {

  static final SubjectId ROOT = SubjectId.of("root");
  static final SubjectId OLGA = SubjectId.of("olga");
  static final SubjectId ANN = SubjectId.of("ann");
  static final String BASE = "/facelock/api/admin";

  @Bean(destroyMethod = "close")
  FaceLock faceLock() {
    FaceLock faceLock =
        FaceLock.builder()
            .policy(
                Policy.named("office")
                    .step(FactorType.PASSWORD)
                    .step(FactorType.FACE)
                    .step(FactorType.EMAIL_CODE)
                    .withoutLiveness()
                    .build())
            .codeChannel(new InMemoryMailbox(FactorType.EMAIL_CODE))
            .alerts(
                AlertSettings.ofDefaults()
                    .also(AlertTarget.of("guard", new RecordingAlertSink()))
                    .snapshots(Duration.ofDays(1)))
            .build();
    Actor root = new Actor(ROOT, "set-up");
    faceLock.administration().bootstrap(ROOT, "set-up");
    faceLock.administration().create(root, OLGA, Set.of(Role.OPERATOR));
    faceLock.administration().create(root, ANN, Set.of(Role.USER));
    return faceLock;
  }

  /** Another login than FaceLock's: whoever is logged in, the roles are looked up in FaceLock. */
  @Bean
  UserDetailsService people() {
    return new InMemoryUserDetailsManager(
        User.withUsername("root").password("{noop}pw").roles("USER").build(),
        User.withUsername("olga").password("{noop}pw").roles("USER").build(),
        User.withUsername("ann").password("{noop}pw").roles("ADMIN").build(),
        User.withUsername("stranger").password("{noop}pw").roles("ADMIN").build());
  }

  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .httpBasic(withDefaults())
        .with(facelock(), withDefaults())
        .build();
  }

  /** A woman of the demo photographs, as a camera of 480 × 640 pixels would see her. */
  static byte[] bea() {
    return view(new Rectangle(252, 484, 214, 276));
  }

  /** Another woman of the demo photographs. */
  static byte[] dora() {
    return view(new Rectangle(1487, 264, 209, 289));
  }

  private static byte[] view(Rectangle face) {
    try (InputStream in =
            AdminApp.class.getClassLoader().getResourceAsStream("photographs/sample6.jpg");
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      BufferedImage whole = ImageIO.read(Objects.requireNonNull(in, "photograph"));
      int height = Math.min((int) (face.height * 2.2), whole.getHeight());
      int width = height * 3 / 4;
      int x = Math.max(0, Math.min((int) face.getCenterX() - width / 2, whole.getWidth() - width));
      int y =
          Math.max(0, Math.min((int) face.getCenterY() - height / 2, whole.getHeight() - height));
      BufferedImage seen = new BufferedImage(480, 640, BufferedImage.TYPE_INT_RGB);
      Graphics2D g = seen.createGraphics();
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      g.drawImage(whole.getSubimage(x, y, width, height), 0, 0, 480, 640, null);
      g.dispose();
      ImageIO.write(seen, "jpeg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
