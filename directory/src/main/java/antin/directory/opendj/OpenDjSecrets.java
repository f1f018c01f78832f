package antin.directory.opendj;

import antin.kernel.SecretFile;
import antin.kernel.tls.PemFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A password and certificates in the forms that OpenDJ reads. */
final class OpenDjSecrets {

    private OpenDjSecrets() {
    }

    /** {SSHA512}: fast, which does no harm to a password that is random and long. */
    static String hash(String password, SecureRandom random) {
        try {
            byte[] salt = new byte[16];
            random.nextBytes(salt);
            MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
            sha512.update(password.getBytes(StandardCharsets.UTF_8));
            byte[] digest = sha512.digest(salt);
            byte[] both = Arrays.copyOf(digest, digest.length + salt.length);
            System.arraycopy(salt, 0, both, digest.length, salt.length);
            return "{SSHA512}" + Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-512.", e);
        }
    }

    /** OpenDJ reads no PEM: the CAs go into a PKCS#12 file, with a password of its own since it wants one. */
    static void writeTrust(Path pem, Path file, Path pin, SecureRandom random) throws IOException {
        SecretFile.createRandom(pin, 32, random);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            List<X509Certificate> authorities = PemFile.certificates(pem);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("ca-" + i, authorities.get(i));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, SecretFile.text(pin).toCharArray());
            SecretFile.write(file, bytes.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The trust store cannot be made with this JDK.", e);
        }
    }
}
