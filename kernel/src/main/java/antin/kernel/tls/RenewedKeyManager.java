package antin.kernel.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Presents what its source holds at each handshake, so that a certificate is replaced under open connections. Safe for use by many threads. OpenDJ uses it too, in a
 * process that has no other class of ours: it needs the JDK alone.
 */
public final class RenewedKeyManager extends X509ExtendedKeyManager {

    private final Supplier<X509ExtendedKeyManager> current;
    /** Of the handshake that a thread is in: TLS chooses first and takes key and chain afterwards, which must belong together. */
    private final ThreadLocal<X509ExtendedKeyManager> chosen = new ThreadLocal<>();

    /** @param current asked once for each handshake: to be fast */
    public RenewedKeyManager(Supplier<X509ExtendedKeyManager> current) {
        this.current = current;
    }

    private X509ExtendedKeyManager choose() {
        X509ExtendedKeyManager now = current.get();
        chosen.set(now);
        return now;
    }

    private X509ExtendedKeyManager chosen() {
        X509ExtendedKeyManager before = chosen.get();
        return before == null ? current.get() : before;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return choose().getClientAliases(type, issuers);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose().chooseClientAlias(types, issuers, socket);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose().chooseEngineClientAlias(types, issuers, engine);
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return choose().getServerAliases(type, issuers);
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose().chooseServerAlias(type, issuers, socket);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose().chooseEngineServerAlias(type, issuers, engine);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return chosen().getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return chosen().getPrivateKey(alias);
    }
}
