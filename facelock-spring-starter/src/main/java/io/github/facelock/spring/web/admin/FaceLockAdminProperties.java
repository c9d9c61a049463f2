package io.github.facelock.spring.web.admin;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of the administration over HTTP.
 *
 * @param maxPicture the largest photograph of a person
 * @param maxImport the largest table or archive of people
 * @param maxUnpacked the most that an archive may hold when it is unpacked
 * @param importFolder where imports are unpacked, and where it is remembered who was imported; the
 *     machine's temporary folder unless set
 * @param liveFor after what time a live view of the audit trail must ask anew
 * @param maxLive the most live views at a time
 */
@Validated
@ConfigurationProperties("facelock.web.admin")
public record FaceLockAdminProperties(
    @DefaultValue("16MB") @NotNull DataSize maxPicture,
    @DefaultValue("256MB") @NotNull DataSize maxImport,
    @DefaultValue("2GB") @NotNull DataSize maxUnpacked,
    Optional<String> importFolder,
    @DefaultValue("5m") @NotNull Duration liveFor,
    @DefaultValue("20") int maxLive) {}
