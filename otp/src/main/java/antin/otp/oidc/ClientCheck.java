package antin.otp.oidc;

import antin.directory.Directory;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client must be. Throws Refusal with the field to blame, named as the page's. */
final class ClientCheck {

    /** Scopes for people, in the order in which they are shown. */
    static final List<String> PEOPLE = List.of("openid", "profile", "email", "offline_access", "mail.imap", "mail.pop", "mail.smtp", "mail.sieve", "mail.jmap", "sign", "validate", "timestamp",
        "service", "credential");
    /** Scopes for systems; besides, {@code seal:NAME}. */
    static final List<String> SYSTEMS = List.of("sign", "validate", "timestamp", "directory.read", "directory.write");
    private static final int LONGEST = 200;
    private static final int MOST = 20;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private final Directory directory;

    ClientCheck(Directory directory) {
        this.directory = directory;
    }

    void check(Client client) {
        require(client.id().matches("[a-z][a-z0-9-]{2,62}"), "client-id", Reason.NOT_A_WORD);
        require(!client.name().isBlank(), "client-name", Reason.MISSING);
        require(client.name().length() <= LONGEST, "client-name", Reason.TOO_LONG);
        require(client.name().codePoints().noneMatch(Character::isISOControl), "client-name", Reason.CONTROL_CHARACTER);
        require(client.kind().methods().contains(client.method()), "method", Reason.UNKNOWN_WORD);
        checkAddresses(client);
        checkScopes(client);
        checkKeys(client);
        for (String unit : client.units()) {
            require(directory.unit(unit).isPresent(), "units", Reason.UNKNOWN_UNIT);
        }
    }

    private static void checkAddresses(Client client) {
        boolean people = client.kind() != ClientKind.SERVICE;
        require(!people || !client.redirects().isEmpty(), "redirects", Reason.MISSING);
        require(client.redirects().size() <= MOST && client.logoutRedirects().size() <= MOST, "redirects", Reason.TOO_LONG);
        require(people || client.redirects().isEmpty() && client.logoutRedirects().isEmpty(), "redirects", Reason.UNKNOWN_WORD);
        client.redirects().forEach(address -> require(isRedirect(address, client.kind()), "redirects", Reason.NOT_A_WEBSITE));
        client.logoutRedirects().forEach(address -> require(isRedirect(address, client.kind()), "logout-redirects", Reason.NOT_A_WEBSITE));
        require(client.logoutAddress().isEmpty() || isHttps(client.logoutAddress()), "logout-address", Reason.NOT_A_WEBSITE);
    }

    /** RFC 8252, 7; RFC 9700, 2.1: exact addresses, without wildcards. */
    static boolean isRedirect(String address, ClientKind kind) {
        if (isHttps(address)) {
            return true;
        }
        URI parsed = parsed(address);
        if (kind != ClientKind.DEVICE || parsed == null || parsed.getScheme() == null) {
            return false;
        }
        if (parsed.getScheme().equals("http")) {
            return parsed.getHost() != null && LOOPBACK.contains(parsed.getHost()) && parsed.getPort() == -1;
        }
        // 7.1: a domain name of its maker, the other way round; so never javascript, data or file
        return parsed.getScheme().matches("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+") && !parsed.isOpaque() && parsed.getRawAuthority() == null;
    }

    private static boolean isHttps(String address) {
        URI parsed = parsed(address);
        return parsed != null && "https".equals(parsed.getScheme()) && parsed.getHost() != null && parsed.getHost().equals(parsed.getHost().toLowerCase(Locale.ROOT));
    }

    private static @Nullable URI parsed(String address) {
        if (address.length() > LONGEST * 2 || !address.matches("[\\x21-\\x7e&&[^\"'<>\\\\^`{|}*#@,]]+") || address.contains("/../") || address.endsWith("/..")) {
            return null;
        }
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static void checkScopes(Client client) {
        List<String> known = client.kind() == ClientKind.SERVICE ? SYSTEMS : PEOPLE;
        require(!client.scopes().isEmpty(), "scopes", Reason.MISSING);
        for (String scope : client.scopes()) {
            require(known.contains(scope) || client.kind() == ClientKind.SERVICE && scope.matches("seal:[a-z0-9][a-z0-9-]{0,62}"), "scopes", Reason.UNKNOWN_WORD);
        }
    }

    private static void checkKeys(Client client) {
        boolean needed = client.method().equals("private_key_jwt") || client.method().equals("self_signed_tls_client_auth");
        require(!needed || !client.keys().isEmpty(), "keys", Reason.MISSING);
        require(!client.method().equals("tls_client_auth") || !client.subject().isEmpty(), "subject", Reason.MISSING);
        if (client.keys().startsWith("https://")) {
            require(isHttps(client.keys()) && client.method().equals("private_key_jwt"), "keys", Reason.NOT_A_WEBSITE);
        } else if (!client.keys().isEmpty()) {
            try {
                List<JWK> keys = JWKSet.parse(client.keys()).getKeys();
                require(!keys.isEmpty() && keys.stream().noneMatch(JWK::isPrivate), "keys", Reason.MALFORMED);
                require(client.method().equals("private_key_jwt") || keys.stream().allMatch(key -> key.getX509CertChain() != null), "keys", Reason.MALFORMED);
            } catch (ParseException e) {
                throw new Refusal("keys", Reason.MALFORMED);
            }
        }
    }

    private static void require(boolean fit, String field, Reason reason) {
        if (!fit) {
            throw new Refusal(field, reason);
        }
    }
}
