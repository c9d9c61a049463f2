package io.github.facelock.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestContextTest {

  private static RequestContext with(Map<String, String> attributes) {
    return new RequestContext("192.0.2.7", Locale.ENGLISH, attributes);
  }

  private static Map<String, String> entries(int count) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < count; i++) {
      map.put("k" + i, "v");
    }
    return map;
  }

  @Test
  void theSourceIsBounded() {
    assertThat(RequestContext.from("s".repeat(128)).source()).hasSize(128);
    assertThatIllegalArgumentException().isThrownBy(() -> RequestContext.from("s".repeat(129)));
    assertThatIllegalArgumentException().isThrownBy(() -> RequestContext.from(""));
    assertThatIllegalArgumentException().isThrownBy(() -> RequestContext.from(" \t"));
  }

  @Test
  void theAttributesAreBounded() {
    assertThat(with(entries(32)).attributes()).hasSize(32);
    assertThatIllegalArgumentException().isThrownBy(() -> with(entries(33)));
    assertThat(with(Map.of("k".repeat(512), "v".repeat(512))).attributes()).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> with(Map.of("k".repeat(513), "v")));
    assertThatIllegalArgumentException().isThrownBy(() -> with(Map.of("k", "v".repeat(513))));
  }

  @Test
  void noPartCanForgeALineOfALog() {
    for (String forged :
        new String[] {
          "a\nb", "a\r\nb", "a\u001b[2Jb", "a\u0000", "a\u0085b", "a\u2028b", "a\u2029b"
        }) {
      assertThatIllegalArgumentException().isThrownBy(() -> RequestContext.from(forged));
      assertThatIllegalArgumentException().isThrownBy(() -> with(Map.of("k", forged)));
      assertThatIllegalArgumentException().isThrownBy(() -> with(Map.of(forged, "v")));
    }
    assertThat(RequestContext.from("Haust\u00fcr \u65e5\u672c").source()).isNotBlank();
  }

  @Test
  void theAttributesAreItsOwn() {
    Map<String, String> mine = entries(1);
    RequestContext context = with(mine);
    mine.clear();

    assertThat(context.attributes()).hasSize(1).isUnmodifiable();
  }

  @Test
  void theLanguageCanBeChanged() {
    assertThat(RequestContext.local())
        .isEqualTo(new RequestContext("local", Locale.ENGLISH, Map.of()));
    assertThat(RequestContext.from("door").withLocale(Locale.GERMAN))
        .isEqualTo(new RequestContext("door", Locale.GERMAN, Map.of()));
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> RequestContext.from(null));
    assertThatNullPointerException().isThrownBy(() -> RequestContext.local().withLocale(null));
    assertThatNullPointerException().isThrownBy(() -> with(null));
  }
}
