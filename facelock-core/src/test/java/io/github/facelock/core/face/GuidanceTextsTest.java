package io.github.facelock.core.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.Guidance;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class GuidanceTextsTest {

  private final GuidanceTexts texts = new GuidanceTexts();

  @Test
  void everyCodeHasADistinctTextInEveryLanguage() {
    for (Locale language : GuidanceTexts.LANGUAGES) {
      assertThat(Arrays.stream(Guidance.values()).map(g -> texts.text(g, language)))
          .as(language.toString())
          .doesNotHaveDuplicates()
          .noneMatch(String::isBlank);
    }
    assertThat(GuidanceTexts.LANGUAGES.stream().map(l -> texts.text(Guidance.TOO_FAR, l)))
        .doesNotHaveDuplicates();
  }

  @Test
  void theRegionDoesNotMatterAndUnknownLanguagesGetEnglish() {
    assertThat(texts.text(Guidance.TOO_FAR, Locale.GERMANY)).isEqualTo("Kommen Sie näher.");
    assertThat(texts.text(Guidance.TOO_FAR, Locale.forLanguageTag("bn-BD")))
        .isEqualTo("কাছে আসুন।");
    assertThat(texts.text(Guidance.TOO_FAR, Locale.JAPAN)).isEqualTo("Come closer.");
  }
}
