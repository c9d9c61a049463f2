package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.token.JwtProofIssuer;
import io.github.facelock.spi.OtpChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says at the start what there is, and warns of what should not stay. */
@Configuration(proxyBeanMethods = false)
final class ReportConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(FaceLock.class);

  @Bean
  @ConditionalOnMissingBean
  FaceLockReport faceLockReport(
      FaceLock faceLock,
      FaceLockPolicies policies,
      FaceLockProperties properties,
      StoreProperties store,
      MailProperties mail,
      GuardProperties.Proof proof,
      ObjectProvider<ConfiguredStores> stores,
      ObjectProvider<MailCarrier> carriers,
      ObjectProvider<OtpChannel> channels,
      ObjectProvider<ChannelConfiguration.WebhookChannels> webhooks,
      ObjectProvider<JwtProofIssuer> proofs) {
    List<String> warnings = new ArrayList<>();
    if (properties.development()) {
      warnings.add(
          "facelock.development=true: the key lies beside the data, and without a mail server codes"
              + " lie in a folder. Never for real people");
    }
    if (store.type() == StoreProperties.Type.MEMORY) {
      warnings.add(
          "facelock.store.type=memory: everybody who is enrolled is gone with the process");
    }
    if (proofs.getIfAvailable() != null && proof.keyFile() == null) {
      warnings.add(
          "Proofs are signed with a key that ends with the process: set facelock.proof.key-file"
              + " where other services check them");
    }
    if (mail.acceptPlainText()) {
      warnings.add(
          "facelock.mail.accept-plain-text=true: codes cross the network readable by anyone");
    }
    if (carriers.getIfAvailable() == null) {
      warnings.add("No mail server: people are not told when their own credentials change");
    }
    policies.all().stream()
        .filter(ReportConfiguration::isEasilyDeceived)
        .map(
            policy ->
                "Policy "
                    + policy.name()
                    + " asks for a face without a challenge: a photograph or a screen may pass")
        .forEach(warnings::add);
    return new FaceLockReport(
        policies.all().stream().map(FaceLockReport::line).toList(),
        faceLock.models(),
        stores.stream()
            .findFirst()
            .map(ConfiguredStores::place)
            .orElse("stores of the application"),
        Stream.concat(
                channels.orderedStream(),
                webhooks.stream().flatMap(each -> each.channels().stream()))
            .map(channel -> channel.factor().id() + " (" + channel.name() + ")")
            .toList(),
        warnings);
  }

  private static boolean isEasilyDeceived(Policy policy) {
    boolean face = policy.steps().stream().anyMatch(step -> step.anyOf().contains(FactorType.FACE));
    return face
        && (policy.liveness() == LivenessMode.NONE || policy.liveness() == LivenessMode.PASSIVE);
  }

  /** After everything else, so that the line is true. */
  @Bean
  SmartInitializingSingleton faceLockStartUpLine(ObjectProvider<FaceLockReport> reports) {
    return () ->
        reports.ifAvailable(
            report -> {
              LOG.info("{}", report.summary());
              report.warnings().forEach(warning -> LOG.warn("{}", warning));
            });
  }
}
