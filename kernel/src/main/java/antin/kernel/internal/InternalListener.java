package antin.kernel.internal;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The door for our own processes: mutual TLS under the internal CA, each endpoint with the peers it accepts. A server of its
 * own, not a second connector of the pages' Tomcat, so that neither door can ever serve what belongs to the other.
 */
public final class InternalListener implements AutoCloseable {

    /** What is served at one path. */
    public interface Endpoint {

        String path();

        /** Whether a request's path is this endpoint's; asked for paths that begin with {@link #path}. */
        default boolean serves(String path) {
            return path.equals(path());
        }

        Set<PeerName> peers();

        void serve(HttpExchange exchange) throws IOException;
    }

    private static final int STOP_SECONDS = 2;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private InternalListener(HttpsServer server) {
        this.server = server;
    }

    public static InternalListener start(InetSocketAddress address, InternalIdentity identity, List<Endpoint> endpoints) throws IOException {
        HttpServerLimits.set();
        HttpsServer server = HttpsServer.create(address, 128);
        Set<PeerName> peers = endpoints.stream().flatMap(endpoint -> endpoint.peers().stream()).collect(Collectors.toSet());
        server.setHttpsConfigurator(new MutualTls(identity.serverContext(peers)));
        endpoints.forEach(endpoint -> server.createContext(endpoint.path(), exchange -> serve(endpoint, exchange)));
        InternalListener listener = new InternalListener(server);
        server.setExecutor(listener.threads);
        server.start();
        return listener;
    }

    @Override
    public void close() {
        server.stop(STOP_SECONDS);
        threads.shutdown();
    }

    private static void serve(Endpoint endpoint, HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!endpoint.serves(exchange.getRequestURI().getPath())) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!endpoint.peers().contains(peer(exchange))) {
                exchange.sendResponseHeaders(403, -1);
            } else {
                endpoint.serve(exchange);
            }
        }
    }

    /** Who asks. */
    public static PeerName peer(HttpExchange exchange) {
        try {
            X509Certificate verified = (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
            return PeerName.of(verified).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED, "The peer has no name."));
        } catch (SSLPeerUnverifiedException e) {
            throw new Problem(Kind.NOT_ALLOWED, "The peer has no certificate.", e);
        }
    }

    private static final class MutualTls extends HttpsConfigurator {

        MutualTls(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            tls.setProtocols(new String[] {"TLSv1.3"});
            parameters.setSSLParameters(tls);
        }
    }
}
