package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.Secret;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.alert.AlertRule;
import io.github.facelock.core.alert.AlertRules;
import io.github.facelock.core.alert.AlertSettings;
import io.github.facelock.core.alert.AlertTarget;
import io.github.facelock.core.alert.AlertTemplates;
import io.github.facelock.core.alert.EscalationPolicy;
import io.github.facelock.core.alert.LogAlertSink;
import io.github.facelock.core.alert.RepetitionRule;
import io.github.facelock.core.alert.WebhookAlertSink;
import io.github.facelock.core.http.HttpSettings;
import io.github.facelock.core.http.SignedWebhook;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertSink;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Says who is told what. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(FaceLock.class)
final class AlertConfiguration {

  @Bean
  @ConditionalOnMissingBean
  AlertTemplates faceLockAlertTemplates(FaceLockProperties properties, Environment environment) {
    return AlertTemplates.of(ApplicationName.of(properties, environment));
  }

  @Bean
  @ConditionalOnMissingBean
  AlertSettings faceLockAlertSettings(
      AlertProperties alerts,
      AlertTemplates templates,
      ObjectProvider<MailCarrier> carriers,
      ObjectProvider<Clock> clocks,
      ListableBeanFactory beans) {
    MailCarrier carrier = carriers.getIfAvailable();
    List<AlertTarget> targets = targets(alerts, templates, carrier, clocks, beans);
    return FaceLockSettingException.checked(
        "facelock.alerts",
        () -> {
          AlertSettings settings =
              AlertSettings.ofDefaults()
                  .rules(rules(alerts))
                  .escalation(
                      alerts.from(), EscalationPolicy.atOnce(targets.toArray(AlertTarget[]::new)))
                  .foldWithin(alerts.foldWithin())
                  .stormCap(alerts.stormCap(), alerts.stormWithin())
                  .keepFinished(alerts.keepFinished())
                  .noticeLocale(alerts.locale());
          if (alerts.snapshots() != null) {
            settings =
                alerts.snapshotCauses().isEmpty()
                    ? settings.snapshots(alerts.snapshots())
                    : settings.snapshots(alerts.snapshotCauses(), alerts.snapshots());
          }
          if (alerts.acknowledgePage() != null) {
            settings = settings.acknowledgeAt(alerts.acknowledgePage(), alerts.acknowledgeWithin());
          }
          if (carrier != null && !Boolean.FALSE.equals(alerts.tellSubjects())) {
            settings = settings.tellSubjectsBy(carrier.notices(templates));
          }
          return settings;
        });
  }

  private static List<AlertTarget> targets(
      AlertProperties alerts,
      AlertTemplates templates,
      @Nullable MailCarrier carrier,
      ObjectProvider<Clock> clocks,
      ListableBeanFactory beans) {
    List<AlertTarget> targets = new ArrayList<>();
    List<String> to = alerts.mail().to();
    if (!to.isEmpty()) {
      if (carrier == null) {
        throw new FaceLockSettingException(
            "facelock.alerts.mail.to names people, and there is no mail server",
            "Set facelock.mail.host, or remove facelock.alerts.mail.to.");
      }
      targets.add(
          AlertTarget.of(
              "mail",
              FaceLockSettingException.checked(
                  "facelock.alerts.mail", () -> carrier.alerts(to, alerts.locale(), templates))));
    }
    URI uri = alerts.webhook().uri();
    if (uri != null) {
      Secret secret = alerts.webhook().secret();
      if (secret == null) {
        throw new FaceLockSettingException(
            "facelock.alerts.webhook.uri is set without facelock.alerts.webhook.secret",
            "Set whsec_ and the Base64 of 24 to 64 random bytes: the service checks by it that a"
                + " call is FaceLock's.");
      }
      targets.add(
          AlertTarget.of(
              "webhook",
              FaceLockSettingException.checked(
                  "facelock.alerts.webhook",
                  () ->
                      new WebhookAlertSink(
                          new SignedWebhook(uri, secret, HttpSettings.ofDefaults()),
                          clocks.getIfUnique(Clock::systemUTC)))));
    }
    // Names of beans stay the same after a restart, as alerts that wait need it.
    for (Map.Entry<String, AlertSink> sink : beans.getBeansOfType(AlertSink.class).entrySet()) {
      targets.add(AlertTarget.of(targetName(sink.getKey()), sink.getValue()));
    }
    if (alerts.log() == null ? targets.isEmpty() : alerts.log()) {
      targets.add(AlertTarget.of("log", new LogAlertSink()));
    }
    return targets;
  }

  static String targetName(String bean) {
    String name = "bean-" + bean.replaceAll("[^A-Za-z0-9_-]", "-");
    return name.substring(0, Math.min(32, name.length()));
  }

  private static AlertRules rules(AlertProperties alerts) {
    AlertRules rules = AlertRules.ofDefaults();
    for (Map.Entry<Alert.Cause, Alert.Severity> each : alerts.severities().entrySet()) {
      rules = rules.without(each.getKey()).and(AlertRule.on(each.getKey(), each.getValue()));
    }
    for (Alert.Cause cause : alerts.silent()) {
      rules = rules.without(cause);
    }
    for (AlertProperties.Repetition each : alerts.repetitions()) {
      rules =
          rules.and(
              new RepetitionRule(
                  each.counted(), each.times(), each.within(), each.per(), each.severity()));
    }
    return rules;
  }
}
