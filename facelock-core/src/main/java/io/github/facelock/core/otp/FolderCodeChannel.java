package io.github.facelock.core.otp;

import io.github.facelock.api.FactorType;
import io.github.facelock.core.mail.MailFolder;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.SendReceipt;
import java.util.Objects;

/**
 * Writes mails with codes into a folder, <strong>for development only</strong>: whoever reads the
 * folder reads the codes. Thread-safe.
 */
public final class FolderCodeChannel implements OtpChannel {

  private final MailFolder folder;
  private final CodeTemplates templates;
  private final String application;

  /**
   * Uses a folder.
   *
   * @param folder where mails go
   * @param templates what mails say
   * @param application the name that mails tell
   */
  public FolderCodeChannel(MailFolder folder, CodeTemplates templates, String application) {
    this.folder = Objects.requireNonNull(folder, "folder");
    this.templates = Objects.requireNonNull(templates, "templates");
    this.application = Objects.requireNonNull(application, "application");
  }

  @Override
  public FactorType factor() {
    return FactorType.EMAIL_CODE;
  }

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public SendReceipt send(OtpMessage message) {
    folder.write(CodeMails.mail(message, templates, application));
    return SendReceipt.of(DeliveryStatus.DELIVERED);
  }
}
