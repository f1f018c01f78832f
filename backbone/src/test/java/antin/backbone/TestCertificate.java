package antin.backbone;

import antin.ca.CertificateAuthority;
import antin.ca.CertificateRequest;
import antin.ca.enrol.RequestId;
import java.math.BigInteger;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A client's key with its certificate, shown to every server that asks, whichever authorities that names. */
record TestCertificate(PrivateKey key, List<X509Certificate> chain) {

    private static final String ALIAS = "own";

    /** By the installation's authority, for a system that logs in. */
    static TestCertificate issued(CertificateAuthority authority, String subject) throws Exception {
        return issued(authority, "tls-client", subject);
    }

    static TestCertificate issued(CertificateAuthority authority, String profile, String subject) throws Exception {
        KeyPair keys = newKeys();
        X500Principal name = new X500Principal(subject);
        byte[] request = new JcaPKCS10CertificationRequestBuilder(name, keys.getPublic()).build(signer(keys)).getEncoded();
        X509Certificate certificate = authority.issue(new CertificateRequest(RequestId.of("system", request), profile, name, List.of(), request, "test")).certificate();
        return new TestCertificate(keys.getPrivate(), List.of(certificate));
    }

    /** Of its own making. */
    static TestCertificate selfSigned(String subject, Instant from, Instant until) throws Exception {
        KeyPair keys = newKeys();
        return new TestCertificate(keys.getPrivate(), List.of(certificate(subject, subject, keys, keys, from, until)));
    }

    static TestCertificate selfSigned(String subject) throws Exception {
        return selfSigned(subject, Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofDays(1)));
    }

    /** By somebody else's authority of that name. */
    static TestCertificate foreign(String issuer, String subject) throws Exception {
        KeyPair keys = newKeys();
        return new TestCertificate(keys.getPrivate(), List.of(certificate(issuer, subject, newKeys(), keys, Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofDays(1)))));
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    KeyManager[] shown() {
        return new KeyManager[] {new Always()};
    }

    private static X509Certificate certificate(String issuer, String subject, KeyPair signing, KeyPair keys, Instant from, Instant until) throws Exception {
        return new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(new X500Principal(issuer), new BigInteger(100, new SecureRandom()), Date.from(from), Date.from(until),
            new X500Principal(subject), keys.getPublic()).build(signer(signing)));
    }

    private static ContentSigner signer(KeyPair keys) throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    }

    private static KeyPair newKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** The JDK's own shows nothing where the server did not name its issuer. */
    private final class Always extends X509ExtendedKeyManager {

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }
}
