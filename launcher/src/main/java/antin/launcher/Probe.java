package antin.launcher;

import antin.kernel.SecretFile;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Asks whether a process can serve. Never throws for one that cannot. */
final class Probe {

    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private static final Pattern AWAY = Pattern.compile("\"([a-z-]+)\":\"away\"");

    private Probe() {
    }

    /** Whether {@code /ready} on a management port answers 200. */
    static boolean isReady(int managementPort) {
        try {
            return get(managementPort, "/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** What {@code /ready} says is missing; empty where nothing is, or nobody answers. */
    static List<String> away(int managementPort) {
        try {
            return AWAY.matcher(get(managementPort, "/ready").body()).results().map(part -> part.group(1)).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    static HttpResponse<String> get(int managementPort, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)).timeout(Duration.ofSeconds(5)).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Whether the directory takes its manager's bind over StartTLS; its port answers before that. */
    static boolean directoryAnswers(int ldapPort, Path managerPasswordFile, Path trustFile) {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, "ldap://127.0.0.1:" + ldapPort);
        environment.put("com.sun.jndi.ldap.connect.timeout", "2000");
        environment.put("com.sun.jndi.ldap.read.timeout", "2000");
        LdapContext context = null;
        try {
            context = new InitialLdapContext(environment, null);
            StartTlsResponse tls = (StartTlsResponse) context.extendedOperation(new StartTlsRequest());
            tls.negotiate(trusting(trustFile).getSocketFactory());
            context.addToEnvironment(Context.SECURITY_AUTHENTICATION, "simple");
            context.addToEnvironment(Context.SECURITY_PRINCIPAL, "cn=Directory Manager");
            context.addToEnvironment(Context.SECURITY_CREDENTIALS, SecretFile.text(managerPasswordFile));
            context.reconnect(null);
            return true;
        } catch (NamingException | IOException | GeneralSecurityException e) {
            return false;
        } finally {
            close(context);
        }
    }

    /** Whether a port on loopback is free to listen on. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** TLS that trusts the certificates of {@code trustFile} only. */
    static SSLContext trusting(Path trustFile) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {TlsMaterial.trusting(PemFile.certificates(trustFile))}, null);
        return context;
    }

    private static void close(@org.jspecify.annotations.Nullable LdapContext context) {
        if (context != null) {
            try {
                context.close();
            } catch (NamingException e) {
                // the connection is gone either way
            }
        }
    }
}
