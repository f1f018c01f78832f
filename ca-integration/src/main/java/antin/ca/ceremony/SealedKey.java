package antin.ca.ceremony;

import antin.ca.authority.KeyFile.Content;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.tls.KeyProof;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/**
 * A key under a pass phrase with its certificate, in PEM: {@code ENCRYPTED PRIVATE KEY} (RFC 5958; PBES2 of RFC 8018 with AES-256 and PBKDF2), so that any program can
 * open it in twenty years.
 */
public final class SealedKey {

    /** OWASP's advice for PBKDF2 with SHA-256 is 600,000; a ceremony has time. */
    private static final int ITERATIONS = 1_000_000;

    private SealedKey() {
    }

    static void write(Path file, Content content, char[] passPhrase) throws IOException, GeneralSecurityException {
        if (Files.exists(file)) {
            throw new Problem(Kind.MISCONFIGURED, "The file " + file + " is there already. Name another one.");
        }
        try {
            byte[] sealed = new JcaPKCS8EncryptedPrivateKeyInfoBuilder(content.key()).build(new JcePKCSPBEOutputEncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                .setPRF(new org.bouncycastle.asn1.x509.AlgorithmIdentifier(org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers.id_hmacWithSHA256,
                    org.bouncycastle.asn1.DERNull.INSTANCE)).setIterationCount(ITERATIONS)
                .setProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider()).build(passPhrase)).getEncoded();
            String key = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(sealed)
                + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
            SecretFile.write(file, key + PemFile.encode(List.of(content.chain().getFirst())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("The key cannot be encrypted", e);
        }
        if (!read(file, passPhrase).chain().equals(content.chain())) {
            throw new Problem(Kind.INTERNAL, "The file " + file + " does not hold what was written.");
        }
    }

    /** Throws Problem of kind {@code MISCONFIGURED} where the pass phrase is not the right one. */
    static Content read(Path file, char[] passPhrase) {
        try (PEMParser pem = new PEMParser(new StringReader(Files.readString(file, StandardCharsets.US_ASCII)))) {
            if (!(pem.readObject() instanceof PKCS8EncryptedPrivateKeyInfo sealed) || !(pem.readObject() instanceof X509CertificateHolder holder)) {
                throw new Problem(Kind.MISCONFIGURED, "The file " + file + " does not hold an encrypted key and its certificate.");
            }
            List<X509Certificate> chain = List.of(new JcaX509CertificateConverter().getCertificate(holder));
            PrivateKey key = new JcaPEMKeyConverter().getPrivateKey(sealed.decryptPrivateKeyInfo(new JcePKCSPBEInputDecryptorProviderBuilder()
                .setProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider()).build(passPhrase)));
            if (KeyProof.fits(key, chain.getFirst().getPublicKey())) {
                return new Content(key, chain);
            }
            throw wrong(file, null);
        } catch (IOException | GeneralSecurityException | PKCSException e) {
            throw wrong(file, e);
        }
    }

    private static Problem wrong(Path file, @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(Kind.MISCONFIGURED, "The file " + file + " does not open with this pass phrase or these shares.", cause);
    }
}
