package antin.mail.listener;

import antin.kernel.tls.TlsIdentity;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.apache.james.protocols.api.ClientAuth;
import org.apache.james.protocols.netty.Encryption;
import org.jspecify.annotations.Nullable;

/** The listeners' certificate, from PEM files that may be replaced while they listen, for TLS 1.2 and 1.3. */
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
        TlsIdentity own = TlsIdentity.read(keyFile, chainFile);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.keyManagers(), null, null);
            return new ServerTls(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
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
