package antin.otp.oidc;

import java.util.List;

/**
 * A client as administrators see it.
 *
 * @param id              its {@code client_id}
 * @param redirects       where codes may be sent, each exactly
 * @param logoutRedirects where people may be sent after logging out
 * @param units           short names of the units whose people may use it; none for everybody
 * @param method          how it proves who it is
 * @param keys            its public keys, a JWK set or the https address of one; empty where it needs none
 * @param subject         the name in its certificate, for {@code tls_client_auth}
 * @param logoutAddress   where it is told that somebody logged out; empty for nowhere
 * @param revision        counts its changes
 */
public record Client(String id, String name, ClientKind kind, boolean active, List<String> redirects, List<String> logoutRedirects, List<String> scopes, List<String> units, String method,
    String keys, String subject, String logoutAddress, long revision) {

    public Client {
        redirects = List.copyOf(redirects);
        logoutRedirects = List.copyOf(logoutRedirects);
        scopes = List.copyOf(scopes);
        units = List.copyOf(units);
    }

    public boolean hasSecret() {
        return method.startsWith("client_secret");
    }
}
