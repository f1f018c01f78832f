package antin.ca.ejbca;

import antin.ca.RevocationReason;
import antin.ca.authority.Authority.Request;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** EJBCA's calls that we need, in our terms. Issuers' names come from its own list, percent-encoded whole. */
final class EjbcaApi {

    /** A new certificate with those above it, as they came. */
    record Enrolled(X509Certificate certificate, List<X509Certificate> chain) {
    }

    /** How a certificate stands there; {@code reason} in EJBCA's words, empty while it is good. */
    record Standing(boolean revoked, String reason, Optional<Instant> time) {
    }

    private record KnownAuthority(String subject, Instant until) {
    }

    private static final int PAGE = 100;
    private static final int MOST_PAGES = 100;
    private static final Duration KNOWN = Duration.ofMinutes(10);

    private final EjbcaConnection connection;
    private final EjbcaSettings settings;
    private final Clock clock;
    private volatile @Nullable KnownAuthority known;

    EjbcaApi(EjbcaConnection connection, EjbcaSettings settings, Clock clock) {
        this.connection = connection;
        this.settings = settings;
        this.clock = clock;
    }

    /** {@code user} is made there with the password, for this one certificate; where it exists, EJBCA updates it without a word. */
    Enrolled enrol(String user, String password, String certificateProfile, byte[] pkcs10) {
        String pem = "-----BEGIN CERTIFICATE REQUEST-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs10) + "\n-----END CERTIFICATE REQUEST-----\n";
        EjbcaAnswer answer = connection.post("/v1/certificate/pkcs10enroll", Map.of("certificate_request", pem, "certificate_profile_name", certificateProfile,
            "end_entity_profile_name", settings.endEntityProfile(), "certificate_authority_name", settings.authority(), "username", user, "password", password, "include_chain", true));
        if (!answer.isOk()) {
            throw answer.problem();
        }
        try {
            return new Enrolled(ReturnedCertificate.parse(answer.body().path("certificate").asString("")), certificates(answer.body().path("certificate_chain")));
        } catch (Problem e) {
            throw new EjbcaConnection.Unanswered(e); // it says that it has issued: this is no refusal
        }
    }

    /** The certificate for that key which {@code user} was given, in all pages of the search. */
    Optional<X509Certificate> find(String user, Request request) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            EjbcaAnswer answer = connection.post("/v2/certificate/search", Map.of("pagination", Map.of("page_size", PAGE, "current_page", page),
                "criteria", List.of(Map.of("property", "QUERY", "value", user, "operation", "EQUAL"))));
            if (!answer.isOk()) {
                throw answer.problem();
            }
            List<JsonNode> found = new ArrayList<>(answer.body().path("certificates").values());
            Optional<X509Certificate> ours = found.stream().filter(one -> one.path("username").asString(user).equals(user))
                .map(one -> ReturnedCertificate.parse(one.path("base64Cert").asString(""))).filter(one -> ReturnedCertificate.isFor(request, one)).findFirst();
            if (ours.isPresent() || found.size() < PAGE) { // no total is told: a short page is the last one
                return ours;
            }
        }
        return Optional.empty();
    }

    /** Those above what the authority issues: its own first. */
    List<X509Certificate> chain() {
        EjbcaAnswer answer = connection.get("/v1/ca/" + encoded(issuer()) + "/certificate/download");
        if (!answer.isOk()) {
            throw answer.problem();
        }
        String text = answer.body().path("text").asString("");
        List<X509Certificate> chain = new ArrayList<>();
        int begin = text.indexOf("-----BEGIN CERTIFICATE-----");
        while (begin >= 0) {
            int end = text.indexOf("-----END CERTIFICATE-----", begin);
            if (end < 0) {
                break;
            }
            chain.add(ReturnedCertificate.parse(text.substring(begin + "-----BEGIN CERTIFICATE-----".length(), end)));
            begin = text.indexOf("-----BEGIN CERTIFICATE-----", end);
        }
        return chain;
    }

    /** @return whether it is done; false: it waits for approvals there */
    boolean revoke(BigInteger serial, RevocationReason reason) {
        EjbcaAnswer answer = connection.put(path(serial) + "/revoke?reason=" + word(reason));
        if (answer.status() == 202 || answer.status() == 400 && answer.says("approvalid") && answer.says("already exists")) {
            return false; // asked before, and not yet decided
        }
        if (answer.status() == 200 || answer.status() == 409) { // 409: revoked before, or by somebody else meanwhile; who asks looks at the standing
            return true;
        }
        throw answer.problem();
    }

    Standing standing(BigInteger serial) {
        EjbcaAnswer answer = connection.get(path(serial) + "/revocationstatus");
        if (!answer.isOk()) {
            throw answer.problem();
        }
        String date = answer.body().path("revocation_date").asString("");
        try {
            return new Standing(answer.body().path("revoked").asBoolean(false), answer.body().path("revocation_reason").asString(""),
                date.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(date)));
        } catch (DateTimeParseException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "EJBCA answered a time that is none.", e);
        }
    }

    /** The authority's name as EJBCA writes it. One that is off-line is missing in its list, as is one that we may not use. */
    String issuer() {
        KnownAuthority remembered = known;
        if (remembered != null && remembered.until().isAfter(clock.instant())) {
            return remembered.subject();
        }
        EjbcaAnswer answer = connection.get("/v1/ca");
        if (!answer.isOk()) {
            throw answer.problem();
        }
        for (JsonNode authority : answer.body().path("certificate_authorities").values()) {
            if (authority.path("name").asString("").equals(settings.authority())) {
                String subject = authority.path("subject_dn").asString("");
                known = new KnownAuthority(subject, clock.instant().plus(KNOWN));
                return subject;
            }
        }
        throw new Problem(Kind.PEER_UNAVAILABLE, "EJBCA does not show the authority \"" + settings.authority() + "\": it is off-line there, misspelt here, or our role may not use it.");
    }

    private String path(BigInteger serial) {
        return "/v1/certificate/" + encoded(issuer()) + '/' + serial.toString(16).toUpperCase(Locale.ROOT);
    }

    /** RFC 3986: a plus sign is a plus sign in a path. */
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String word(RevocationReason reason) {
        return reason == RevocationReason.PRIVILEGE_WITHDRAWN ? "PRIVILEGES_WITHDRAWN" : reason.name();
    }

    private static List<X509Certificate> certificates(JsonNode array) {
        return array.values().stream().map(one -> ReturnedCertificate.parse(one.asString(""))).toList();
    }
}
