package io.github.facelock.spring.autoconfigure;

import io.github.facelock.core.alert.AlertTemplates;
import io.github.facelock.core.alert.MailAlertSink;
import io.github.facelock.core.alert.MailNoticeChannel;
import io.github.facelock.core.mail.MailFolder;
import io.github.facelock.core.mail.SmtpClient;
import io.github.facelock.core.mail.SmtpSettings;
import io.github.facelock.core.otp.CodeTemplates;
import io.github.facelock.core.otp.FolderCodeChannel;
import io.github.facelock.core.otp.SmtpCodeChannel;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.NoticeChannel;
import io.github.facelock.spi.OtpChannel;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** What takes mails: a server, or a folder on a developer's machine. */
interface MailCarrier {

  /** Mails with codes. */
  OtpChannel codes();

  /** Mails about alerts. */
  AlertSink alerts(List<String> to, Locale locale, AlertTemplates templates);

  /** Mails to people about their own account. */
  NoticeChannel notices(AlertTemplates templates);

  /** By SMTP. */
  static MailCarrier bySmtp(SmtpSettings settings, Clock clock) {
    SmtpClient client = new SmtpClient(settings, clock);
    return new MailCarrier() {
      @Override
      public OtpChannel codes() {
        return new SmtpCodeChannel(settings, clock);
      }

      @Override
      public AlertSink alerts(List<String> to, Locale locale, AlertTemplates templates) {
        return MailAlertSink.bySmtp(client, to, locale, templates);
      }

      @Override
      public NoticeChannel notices(AlertTemplates templates) {
        return MailNoticeChannel.bySmtp(client, templates);
      }
    };
  }

  /** Into a folder, for development only. */
  static MailCarrier inFolder(MailFolder folder, String application) {
    return new MailCarrier() {
      @Override
      public OtpChannel codes() {
        return new FolderCodeChannel(folder, CodeTemplates.bundled(), application);
      }

      @Override
      public AlertSink alerts(List<String> to, Locale locale, AlertTemplates templates) {
        return MailAlertSink.toFolder(folder, to, locale, templates);
      }

      @Override
      public NoticeChannel notices(AlertTemplates templates) {
        return MailNoticeChannel.toFolder(folder, templates);
      }
    };
  }
}
