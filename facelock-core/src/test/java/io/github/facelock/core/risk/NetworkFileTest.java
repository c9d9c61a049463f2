package io.github.facelock.core.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.RiskFinding;
import io.github.facelock.spi.RiskResponse;
import io.github.facelock.test.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFileTest {

  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  @TempDir private Path folder;
  private Path file;
  private final MutableClock clock = MutableClock.at(NOON);
  private int writes;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("tor.txt");
    write(
        "# exits",
        "192.0.2.0/24",
        "198.51.100.7   # one",
        "",
        "203.0.113.128/25",
        "2001:db8::/32",
        "2001:db9::7");
  }

  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
    // Two changes within the file system's resolution would look like one.
    Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(++writes)));
  }

  @Test
  void networksAreMatchedToTheBit() {
    NetworkFile list = new NetworkFile(file, clock);
    for (String in :
        List.of(
            "192.0.2.0",
            "192.0.2.255",
            "198.51.100.7",
            "203.0.113.128",
            "203.0.113.255",
            "2001:db8::1",
            "2001:db8:ffff::",
            "[2001:db9::7]",
            "::ffff:192.0.2.9")) {
      assertThat(list.contains(in)).as(in).isTrue();
    }
    for (String out :
        List.of(
            "192.0.1.255",
            "192.0.3.0",
            "198.51.100.6",
            "198.51.100.8",
            "203.0.113.127",
            "2001:db7::",
            "2001:db9::8",
            "front-door",
            "::",
            "0.0.0.0")) {
      assertThat(list.contains(out)).as(out).isFalse();
    }
  }

  @Test
  void aChangeIsSeenWithinAMinute() throws IOException {
    NetworkFile list = new NetworkFile(file, clock);
    write("10.0.0.0/8");
    assertThat(list.contains("10.1.2.3")).isFalse();
    clock.advance(Duration.ofSeconds(59));
    assertThat(list.contains("10.1.2.3")).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(list.contains("10.1.2.3")).isTrue();
    assertThat(list.contains("192.0.2.1")).isFalse();

    write("0.0.0.0/0");
    list.reload();
    assertThat(list.contains("192.0.2.1")).isTrue();
    assertThat(list.contains("2001:db8::1")).isFalse();
  }

  @Test
  void aClockThatWasPutBackLooksAgain() throws IOException {
    NetworkFile list = new NetworkFile(file, clock);
    write("10.0.0.0/8");
    clock.advance(Duration.ofDays(-1));
    assertThat(list.contains("10.1.2.3")).isTrue();
  }

  @Test
  void aFileThatHasGoneBadChangesNothing() throws IOException {
    NetworkFile list = new NetworkFile(file, clock);
    write("10.0.0.0/8", "nonsense");
    clock.advance(Duration.ofMinutes(2));
    assertThat(list.contains("192.0.2.1")).isTrue();
    assertThat(list.contains("10.0.0.1")).isFalse();
    assertThatThrownBy(list::reload)
        .isInstanceOf(FaceLockException.class)
        .hasMessageContaining("Line 2")
        .hasMessageContaining("tor.txt");
    Files.delete(file);
    clock.advance(Duration.ofMinutes(2));
    assertThat(list.contains("192.0.2.1")).isTrue();
    assertThatThrownBy(list::reload)
        .isInstanceOf(FaceLockException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void everyMalformedLineIsRefused() throws IOException {
    for (String line :
        List.of(
            "192.0.2.0/33",
            "192.0.2.1/24",
            "2001:db8::/129",
            "192.0.2.0/",
            "192.0.2.0/+8",
            "192.0.2.0/024",
            "example.org",
            "192.0.2.0/24 x",
            "/24")) {
      write(line);
      assertThatThrownBy(() -> new NetworkFile(file, clock))
          .as(line)
          .isInstanceOf(FaceLockException.class)
          .hasMessageContaining("Line 1");
    }
  }

  @Test
  void aRuleFindsRequestsFromTheList() {
    ListedNetwork rule =
        new ListedNetwork(
            "tor", new NetworkFile(file, clock), Set.of(RiskResponse.DENY, RiskResponse.ALERT));

    assertThat(rule.name()).isEqualTo("tor");
    assertThat(rule.assess(from("192.0.2.9")))
        .isEqualTo(
            new RiskFinding(
                Set.of(RiskResponse.DENY, RiskResponse.ALERT), Map.of("listed", "true")));
    assertThat(rule.assess(from("192.0.3.9"))).isEqualTo(RiskFinding.nothing());
  }

  private static FactorContext from(String source) {
    return new FactorContext(
        "tx",
        Optional.of(SubjectId.of("ann")),
        Optional.empty(),
        RequestContext.from(source),
        Policies.door(),
        NOON);
  }
}
