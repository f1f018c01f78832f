package antin.backbone.status;

import antin.ca.status.OcspAnswer;
import antin.ca.status.SignedAhead;
import antin.ca.status.TimeStampAnswer;
import antin.ca.status.TimeStampingAuthority;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each address answers; how it goes over the wire is {@link StatusListener}'s part. Safe for use by many threads. */
public final class StatusRequests {

    /** One request. {@code target} is the path as it was sent; {@code body} is empty but for a POST. */
    record Question(String method, String target, String type, byte[] body, String from, String ifNoneMatch) {

        boolean reads() {
            return method.equals("GET") || method.equals("HEAD");
        }
    }

    /** How others may keep a reply and ask about it again (RFC 5019, 6; RFC 9111). */
    record Keeping(int seconds, Instant modified, String tag) {
    }

    /** {@code keeping} is empty for what nobody may keep. */
    record Reply(int status, String type, byte[] body, Optional<Keeping> keeping, String kind, String outcome) {

        static Reply problem(int status, String kind, String title) {
            String body = "{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%d}".formatted(title.toLowerCase(Locale.ROOT).replace(' ', '-'), title, status);
            return new Reply(status, "application/problem+json", body.getBytes(StandardCharsets.UTF_8), Optional.empty(), kind, "http-" + status);
        }
    }

    static final String OCSP = "/ocsp";
    static final String TSA = "/tsa";
    private static final Pattern CRL = Pattern.compile("/crl/(([a-z]{1,20})(-delta)?)\\.crl");
    private static final Pattern AUTHORITY = Pattern.compile("/ca/([a-z]{1,20})\\.cer");
    private static final int KEPT_SECONDS = 60;
    /** Whoever posts gets what was signed just now; whether it is still so is looked at each time. */
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final int LONGEST_PATH = 8 * 1024;

    private final SignedAhead ahead;
    private final TimeStampingAuthority tsa;
    private final Map<String, byte[]> authorities;
    private final Function<String, Optional<byte[]>> crls;
    private final Consumer<OcspAnswer> told;
    private final Clock clock;

    /** {@code ahead} answers who may get what others got; {@code authorities} in DER by short name; {@code crls} gives the last one by the same name; {@code told} hears of each OCSP answer. */
    public StatusRequests(SignedAhead ahead, TimeStampingAuthority tsa, Map<String, byte[]> authorities, Function<String, Optional<byte[]>> crls, Consumer<OcspAnswer> told, Clock clock) {
        this.ahead = ahead;
        this.tsa = tsa;
        this.authorities = Map.copyOf(authorities);
        this.crls = crls;
        this.told = told;
        this.clock = clock;
    }

    Reply answer(Question question) {
        String path = question.target;
        if (path.equals(OCSP) || path.equals(OCSP + "/") || path.startsWith(OCSP + "/")) {
            return ocsp(question);
        }
        if (path.equals(TSA)) {
            return tsa(question);
        }
        Matcher crl = CRL.matcher(path);
        if (crl.matches() && authorities.containsKey(crl.group(2))) {
            Optional<byte[]> list = crls.apply(crl.group(1));
            // Not every authority has deltas, so that a missing one is none, while a missing full one is yet to come
            return list.isEmpty() && crl.group(3) != null ? Reply.problem(404, "crl", "Not found") : file(question, "crl", "application/pkix-crl", list);
        }
        Matcher authority = AUTHORITY.matcher(path);
        if (authority.matches() && authorities.containsKey(authority.group(1))) {
            return file(question, "ca", "application/pkix-cert", Optional.ofNullable(authorities.get(authority.group(1))));
        }
        return Reply.problem(404, "other", "Not found");
    }

    /** Which methods an address takes, for {@code Allow} (RFC 9110, 10.2.1). */
    static String methods(String path) {
        return path.equals(OCSP) || path.equals(OCSP + "/") || path.equals(TSA) ? "POST" : "GET, HEAD";
    }

    private Reply ocsp(Question question) {
        boolean here = question.target.length() <= OCSP.length() + 1;
        if (here && question.method.equals("POST")) {
            return !question.type.equals("application/ocsp-request") ? Reply.problem(415, "ocsp-post", "Unsupported media type")
                : answered("ocsp-post", tell(ahead.answer(question.body, FRESH)), Optional.empty());
        }
        if (here || !question.reads()) {
            return Reply.problem(405, "ocsp-get", "Method not allowed");
        }
        // RFC 6960, A.1: base64 of the request, URL-encoded; there are clients that send its slashes plain, and some that double the first
        return question.target.length() > LONGEST_PATH ? Reply.problem(414, "ocsp-get", "Too long")
            : base64(withoutSlashes(question.target.substring(OCSP.length()))).map(request -> kept(question, tell(ahead.answer(request))))
                .orElseGet(() -> Reply.problem(400, "ocsp-get", "Malformed request"));
    }

    private OcspAnswer tell(OcspAnswer answer) {
        told.accept(answer);
        return answer;
    }

    private static Reply answered(String kind, OcspAnswer answer, Optional<Keeping> keeping) {
        return new Reply(200, "application/ocsp-response", answer.der(), keeping, kind, answer.status().word());
    }

    /** RFC 5019, 6.2: nobody keeps it past its end, nor longer than a minute, so that a revocation is soon seen behind every cache. */
    private Reply kept(Question question, OcspAnswer answer) {
        Optional<Keeping> keeping = answer.validity().map(validity -> new Keeping(
            (int) Math.clamp(Duration.between(clock.instant(), validity.nextUpdate()).toSeconds(), 0, KEPT_SECONDS), validity.thisUpdate(), '"' + answer.tag() + '"'));
        return keeping.filter(known -> question.ifNoneMatch.contains(known.tag())).isPresent()
            ? new Reply(304, "application/ocsp-response", new byte[0], keeping, "ocsp-get", answer.status().word()) : answered("ocsp-get", answer, keeping);
    }

    private Reply tsa(Question question) {
        if (!question.method.equals("POST")) {
            return Reply.problem(405, "tsa", "Method not allowed");
        }
        if (!question.type.equals("application/timestamp-query")) {
            return Reply.problem(415, "tsa", "Unsupported media type");
        }
        TimeStampAnswer answer = tsa.answer(question.body, question.from);
        return new Reply(200, "application/timestamp-reply", answer.der(), Optional.empty(), "tsa", answer.outcome().word());
    }

    private static Reply file(Question question, String kind, String type, Optional<byte[]> content) {
        if (!question.reads()) {
            return Reply.problem(405, kind, "Method not allowed");
        }
        return content.map(der -> new Reply(200, type, der, Optional.of(new Keeping(KEPT_SECONDS, Instant.EPOCH, "")), kind, "served")).orElseGet(() -> Reply.problem(503, kind, "Unavailable"));
    }

    private static String withoutSlashes(String path) {
        int begin = 0;
        while (begin < path.length() && path.charAt(begin) == '/') {
            begin++;
        }
        return path.substring(begin);
    }

    /** A plus sign is one, whatever forms make of it. */
    private static Optional<byte[]> base64(String untrustedPath) {
        try {
            return Optional.of(Base64.getDecoder().decode(untrustedPath.indexOf('%') < 0 ? untrustedPath
                : URLDecoder.decode(untrustedPath.replace("+", "%2B"), StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
