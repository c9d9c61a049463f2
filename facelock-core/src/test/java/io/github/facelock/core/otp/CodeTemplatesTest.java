package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTemplatesTest {

  private static final Map<String, String> VALUES =
      CodeMail.values("A <b>&\"'", "12345678", Duration.ofMinutes(5));

  private static MailTemplate template(String word) {
    return new MailTemplate(
        word + " {app}", word + ": {code}, {minutes}", "<p>" + word + " {app} {code}</p>");
  }

  @Test
  void ownTextsGoBeforeTheBundledOnes() {
    CodeTemplates templates =
        CodeTemplates.bundled()
            .withMail(Locale.GERMAN, template("de"))
            .withMail(Locale.forLanguageTag("de-AT"), template("de-AT"))
            .withMail(Locale.FRENCH, template("fr"));
    assertThat(templates.mail(Locale.forLanguageTag("de-AT"), VALUES).subject())
        .startsWith("de-AT ");
    assertThat(templates.mail(Locale.GERMANY, VALUES).subject()).startsWith("de ");
    assertThat(templates.mail(Locale.GERMANY, VALUES).language()).isEqualTo("de");
    assertThat(templates.mail(Locale.CANADA_FRENCH, VALUES).text()).isEqualTo("fr: 12345678, 5");
    assertThat(templates.mail(Locale.JAPANESE, VALUES).subject()).startsWith("Your login code");
    assertThat(templates.mail(Locale.JAPANESE, VALUES).language()).isEqualTo("en");
    assertThat(templates.mail(Locale.forLanguageTag("es-MX"), VALUES).language()).isEqualTo("es");
  }

  @Test
  void aTextForAllLanguagesGoesBeforeTheBundledOnes() {
    CodeTemplates templates =
        CodeTemplates.bundled()
            .withMail(Locale.ROOT, template("all"))
            .withSms(Locale.ROOT, "all {code}");
    assertThat(templates.mail(Locale.GERMAN, VALUES).subject()).startsWith("all ");
    assertThat(templates.mail(Locale.GERMAN, VALUES).language()).isEqualTo("de");
    assertThat(templates.sms(Locale.GERMAN, VALUES)).isEqualTo("all 12345678");
  }

  @Test
  void valuesAreEscapedInHtmlOnly() {
    CodeMail mail =
        CodeTemplates.bundled().withMail(Locale.ROOT, template("x")).mail(Locale.ROOT, VALUES);
    assertThat(mail.html()).isEqualTo("<p>x A &lt;b&gt;&amp;&quot;&#39; 12345678</p>");
    assertThat(mail.subject()).isEqualTo("x A <b>&\"'");
  }

  @Test
  void ownTelephoneMessagesAreUsed() {
    CodeTemplates templates =
        CodeTemplates.bundled().withSms(Locale.FRENCH, "{app}: {code} ({minutes})");
    assertThat(templates.sms(Locale.FRANCE, VALUES)).isEqualTo("A <b>&\"': 12345678 (5)");
    assertThat(templates.sms(Locale.ENGLISH, VALUES)).startsWith("12345678 is your");
  }

  @Test
  void aMinuteIsTheLeast() {
    assertThat(CodeMail.values("a", "1", Duration.ofSeconds(5))).containsEntry("minutes", "1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s {code}|t {code}|h {code}",
        "s|t|h {code}",
        "s|t {code}|h",
        "''|t {code}|h {code}",
        "s {user}|t {code}|h {code}",
        "s|t {code} {Code}|h {code}",
        "s|t {code}|h {code} {x}"
      })
  void malformedMailsAreRefused(String subject, String text, String html) {
    assertThatThrownBy(() -> new MailTemplate(subject, text, html))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSubjectIsOneShortLine() {
    assertThatThrownBy(() -> new MailTemplate("a\r\nBcc: x", "{code}", "{code}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MailTemplate("x".repeat(201), "{code}", "{code}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(
            new MailTemplate("x".repeat(200), "{code}", "<style>a{color:red}</style>{code}").html())
        .contains("red");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no code", "{code} {url}"})
  void malformedTelephoneMessagesAreRefused(String text) {
    assertThatThrownBy(() -> CodeTemplates.bundled().withSms(Locale.ROOT, text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "a b.example",
        "-a.example",
        "a..b",
        "https://a.example",
        "a.example#1",
        "a.example\n"
      })
  void whatIsNoDomainIsRefused(String domain) {
    assertThatThrownBy(() -> CodeTemplates.bundled().withWebOtp(domain))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "160,a,1",
    "161,a,2",
    "306,a,2",
    "307,a,3",
    "70,\u0915,1",
    "71,\u0915,2",
    "134,\u0915,2",
    "135,\u0915,3",
    "80,\u20ac,1",
    "81,\u20ac,2",
    "160,\u00fc,1",
    "80,[,1",
    "81,[,2",
    "0,a,1"
  })
  void partsAreCountedAsOnTheAir(int length, String letter, int segments) {
    assertThat(SmsText.segments(letter.repeat(length))).isEqualTo(segments);
  }

  @Test
  void theGsmAlphabetIsKnown() {
    assertThat(
            SmsText.isGsm(
                "@\u00a3$\u00e8 \u00c4\u00d6\u00d1\u00dc\u00df\u00e4\u00f6\u00f1\u00fc\u00e0 \u0394\u03a9 0-9 ^{}[~]|\u20ac\\ \n"))
        .isTrue();
    assertThat(SmsText.isGsm("\u00f3")).isFalse();
    assertThat(SmsText.isGsm("\u00e7")).isFalse();
    assertThat(SmsText.isGsm("`")).isFalse();
    assertThat(SmsText.isGsm("\ud83d\ude00")).isFalse();
  }
}
