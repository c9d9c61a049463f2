package io.github.facelock.core.transaction;

import io.github.facelock.api.FaceLockException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM with a key for one test. */
final class TestCipher implements StateCipher {

  private final SecureRandom random = new SecureRandom();
  private final byte[] key = new byte[32];

  TestCipher() {
    random.nextBytes(key);
  }

  @Override
  public byte[] seal(byte[] plain, byte[] associated) {
    byte[] nonce = new byte[12];
    random.nextBytes(nonce);
    byte[] body = run(Cipher.ENCRYPT_MODE, nonce, plain, associated);
    byte[] sealed = Arrays.copyOf(nonce, nonce.length + body.length);
    System.arraycopy(body, 0, sealed, nonce.length, body.length);
    return sealed;
  }

  @Override
  public byte[] open(byte[] sealed, byte[] associated) {
    byte[] nonce = Arrays.copyOf(sealed, 12);
    return run(
        Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(sealed, 12, sealed.length), associated);
  }

  private byte[] run(int mode, byte[] nonce, byte[] text, byte[] associated) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
      cipher.updateAAD(associated);
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new FaceLockException.Key("It was altered; begin again", e);
    }
  }
}
