package antin.directory.opendj;

import antin.kernel.tls.PemFile;
import com.unboundid.ldap.sdk.EXTERNALBindRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Connections as an outsider, a person or a process would open them, without our adapter between. */
public final class RawLdap {

    private final int ldapsPort;
    private final Path rootFile;
    private final Supplier<String> managerPassword;

    public RawLdap(TestDirectory server) {
        this(server.ldapsPort(), server.rootFile(), server::managerPassword);
    }

    /** To any server on loopback whose certificate comes from the CA in {@code rootFile}. */
    public RawLdap(int ldapsPort, Path rootFile, Supplier<String> managerPassword) {
        this.ldapsPort = ldapsPort;
        this.rootFile = rootFile;
        this.managerPassword = managerPassword;
    }

    /** LDAPS, nobody yet. */
    public LDAPConnection anonymous() throws LDAPException {
        return new LDAPConnection(context(null).getSocketFactory(), "127.0.0.1", ldapsPort);
    }

    public LDAPConnection bound(String dn, String password) throws LDAPException {
        LDAPConnection connection = anonymous();
        connection.bind(dn, password);
        return connection;
    }

    public LDAPConnection manager() throws LDAPException {
        return bound(TestDirectory.MANAGER, managerPassword.get());
    }

    /** SASL EXTERNAL by a key and certificate in {@code FOLDER/NAME.key} and {@code .pem}. */
    public LDAPConnection external(Path folder, String name) throws LDAPException {
        LDAPConnection connection = new LDAPConnection(context(folder.resolve(name)).getSocketFactory(), "127.0.0.1", ldapsPort);
        connection.bind(new EXTERNALBindRequest(""));
        return connection;
    }

    /** With the certificate of {@code file} where one is named. */
    public SSLContext context(@Nullable Path file) {
        try {
            KeyStore trust = store();
            trust.setCertificateEntry("ca", PemFile.certificates(rootFile).getFirst());
            TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
            trusted.init(trust);
            return context(file, trusted.getTrustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As an attacker's, who does not care whom they talk to. */
    SSLContext anyServer(Path file) {
        TrustManager careless = new X509ExtendedTrustManager() {

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            }

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            }

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        return context(file, new TrustManager[] {careless});
    }

    private static SSLContext context(@Nullable Path file, TrustManager[] trusted) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            KeyStore own = store();
            if (file != null) {
                own.setKeyEntry("own", PemFile.privateKey(Path.of(file + ".key"), "EC"), new char[0],
                    PemFile.certificates(Path.of(file + ".pem")).toArray(new X509Certificate[0]));
            }
            keys.init(own, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
