package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the keys are, if not in facelock.keys.
 *
 * @param current Id of the key for new data: of several in facelock.keys, or the alias in the key
 *     store.
 * @param file File or folder with keys, readable by its owner only.
 * @param store Java key store (PKCS#12 or JCEKS) with AES keys of 256 bits.
 * @param storePassword Password of the key store and of its keys.
 */
@ConfigurationProperties("facelock.key")
record KeyProperties(
    @Nullable String current,
    @Nullable Path file,
    @Nullable Path store,
    @Nullable Secret storePassword) {}
