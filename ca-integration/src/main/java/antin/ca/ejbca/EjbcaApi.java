package antin.ca.ejbca;

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
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** EJBCA's calls that we need, in our terms. Issuers' names come from its own list, percent-encoded whole. */
final class EjbcaApi {

    /** A new certificate with those above it, as they came. */
    record Enrolled(X509Certificate certificate, List<X509Certificate> chain) {
    }

    /** How a certificate stands there; {@code reason} in EJBCA's words, empty while it is good. */
    record Standing(boolean revoked, String reason, Optional<Instant> time) {

        boolean isForGood() {
            return revoked && !reason.equals(Wish.HOLD.reason());
        }
    }

    private record KnownAuthority(String subject, Instant until) {
    }

    private static final String SEARCH = "/v2/certificate/search";
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
        if (answer.status() >= 500) { // nobody says how far it came there
            throw new EjbcaConnection.Unanswered(answer.problem());
        }
        if (!answer.isOk()) {
            throw answer.problem();
        }
        try {
            return new Enrolled(ReturnedCertificate.parse(answer.body().path("certificate").asString("")), certificates(answer.body().path("certificate_chain")));
        } catch (Problem e) {
            throw new EjbcaConnection.Unanswered(e); // it says that it has issued: this is no refusal
        }
    }

    /** The certificate for that key which {@code user} was given, in all pages of the search. Who has no right to see any finds none. */
    Optional<X509Certificate> find(String user, Request request) {
        return search(user, one -> one.path("username").asString(user).equals(user), certificate -> ReturnedCertificate.isFor(request, certificate));
    }

    /** The one with that serial, whoever asked for it. */
    Optional<X509Certificate> find(BigInteger serial) {
        String text = serial.toString(16).toUpperCase(Locale.ROOT);
        return search(text, one -> true, certificate -> certificate.getSerialNumber().equals(serial));
    }

    private Optional<X509Certificate> search(String value, Predicate<JsonNode> entry, Predicate<X509Certificate> wanted) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            EjbcaAnswer answer = connection.ask(SEARCH, Map.of("pagination", Map.of("page_size", PAGE, "current_page", page),
                "criteria", List.of(Map.of("property", "QUERY", "value", value, "operation", "EQUAL"))));
            if (!answer.isOk()) {
                throw answer.problem();
            }
            List<JsonNode> found = new ArrayList<>(answer.body().path("certificates").values());
            Optional<X509Certificate> ours = found.stream().filter(entry).map(one -> ReturnedCertificate.parse(one.path("base64Cert").asString(""))).filter(wanted).findFirst();
            if (ours.isPresent() || found.size() < PAGE) { // no total is told: a short page is the last one
                return ours;
            }
        }
        return Optional.empty();
    }

    /** Those above what the authority issues: its own first. */
    List<X509Certificate> chain() {
        EjbcaAnswer answer = connection.file("/v1/ca/" + encoded(issuer()) + "/certificate/download");
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
    boolean revoke(BigInteger serial, Wish wish) {
        EjbcaAnswer answer = connection.put(path(serial) + "/revoke?reason=" + wish.reason());
        if (answer.status() >= 500) {
            throw new EjbcaConnection.Unanswered(answer.problem());
        }
        if (answer.status() == 202 || answer.status() == 400 && answer.says("approvalid") && answer.says("already exists")) {
            return false; // asked before, and not yet decided
        }
        if (answer.status() == 200 || answer.status() == 409) { // 409: so it stood before, or by somebody else meanwhile; who asks looks at the standing
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
        return freshIssuer();
    }

    /** Asks although the name is known: whoever may not see the authority any more is told so, where a search would find nothing without a word. */
    String freshIssuer() {
        String subject = Optional.ofNullable(authorities().get(settings.authority())).orElseThrow(() -> new Problem(Kind.PEER_UNAVAILABLE,
            "EJBCA does not show the authority \"" + settings.authority() + "\": it is off-line there, misspelt here, or our role may not use it."));
        known = new KnownAuthority(subject, clock.instant().plus(KNOWN));
        return subject;
    }

    /** Those that we may use and that are on-line: names, and names as certificates have them. */
    Map<String, String> authorities() {
        EjbcaAnswer answer = connection.get("/v1/ca");
        if (!answer.isOk()) {
            throw answer.problem();
        }
        Map<String, String> names = new TreeMap<>();
        answer.body().path("certificate_authorities").values().forEach(one -> names.put(one.path("name").asString(""), one.path("subject_dn").asString("")));
        return names;
    }

    /** What server answers; needs no right. */
    String revision() {
        return good(connection.get("/v1/certificate/status")).body().path("revision").asString("");
    }

    /** Throws what is wrong where EJBCA knows no certificate profile of that name, or does not show it to us. */
    void checkCertificateProfile(String name) {
        good(connection.get("/v2/certificate/profile/" + encoded(name)));
    }

    void checkEndEntityProfile(String name) {
        good(connection.ask(SEARCH, Map.of("pagination", Map.of("page_size", 1, "current_page", 1),
            "criteria", List.of(Map.of("property", "END_ENTITY_PROFILE", "value", name, "operation", "EQUAL")))));
    }

    private static EjbcaAnswer good(EjbcaAnswer answer) {
        if (!answer.isOk()) {
            throw answer.problem();
        }
        return answer;
    }

    /** The authority's last CRL in DER; empty where it has made none. */
    Optional<byte[]> crl() {
        EjbcaAnswer answer = connection.get("/v1/ca/" + encoded(issuer()) + "/getLatestCrl");
        if (!answer.isOk()) {
            throw answer.problem();
        }
        String text = answer.body().path("crl").asString(""); // null, with 200, where there is none
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "EJBCA returned what is no CRL.", e);
        }
    }

    /** Has a CRL made; without it EJBCA makes one when the last one nearly ended. */
    void createCrl() {
        EjbcaAnswer answer = connection.ask("/v1/ca/" + encoded(issuer()) + "/createcrl");
        if (!answer.isOk()) {
            throw answer.problem();
        }
    }

    private String path(BigInteger serial) {
        return "/v1/certificate/" + encoded(issuer()) + '/' + serial.toString(16).toUpperCase(Locale.ROOT);
    }

    /** RFC 3986: a plus sign is a plus sign in a path. */
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<X509Certificate> certificates(JsonNode array) {
        return array.values().stream().map(one -> ReturnedCertificate.parse(one.asString(""))).toList();
    }
}
