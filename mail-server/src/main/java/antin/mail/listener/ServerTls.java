package antin.mail.listener;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.james.protocols.api.ClientAuth;
import org.apache.james.protocols.netty.Encryption;
import org.jspecify.annotations.Nullable;

/** The listeners' certificate, from PEM files, for TLS 1.2 and 1.3. */
public final class ServerTls {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    // Forward secrecy and authenticated encryption only (RFC 9325, 4.2).
    private static final String[] SUITES = {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"};

    private final SSLContext context;

    private ServerTls(SSLContext context) {
        this.context = context;
    }

    public static ServerTls read(Path keyFile, Path chainFile) {
        List<X509Certificate> chain = PemFile.certificates(chainFile);
        PrivateKey key = PemFile.privateKey(keyFile, chain.getFirst().getPublicKey().getAlgorithm());
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(TlsMaterial.presenting(key, chain), null, null);
            return new ServerTls(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + keyFile + " and the certificate " + chainFile + " do not work together.", e);
        }
    }

    @Nullable Encryption encryption(ListenerSettings.Tls tls) {
        return switch (tls) {
            case FROM_START -> Encryption.createTls(context, SUITES, PROTOCOLS, ClientAuth.NONE);
            case ON_REQUEST -> Encryption.createStartTls(context, SUITES, PROTOCOLS, ClientAuth.NONE);
            case NONE -> null;
        };
    }
}
