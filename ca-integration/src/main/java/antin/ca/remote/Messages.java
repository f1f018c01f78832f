package antin.ca.remote;

import antin.ca.CertificateSearch.Query;
import antin.ca.CertificateSearch.State;
import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** What goes over the wire. Bytes are base64, serials hexadecimal, times ISO 8601. */
final class Messages {

    /** Strict: what is misspelt, doubled or of another type is refused, not passed over. */
    static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).disable(MapperFeature.ALLOW_COERCION_OF_SCALARS).build();

    private Messages() {
    }

    /** A wish for a certificate, as it comes in. */
    record IssueQuestion(@Nullable String id, @Nullable String profile, @Nullable String subject, @Nullable List<@Nullable String> emails,
                         byte @Nullable [] pkcs10, @Nullable String actor, @Nullable List<@Nullable String> hosts) {
    }

    record IssueAnswer(byte[] certificate, List<byte[]> authorities) {
    }

    record RevokeQuestion(@Nullable String serial, @Nullable String reason, @Nullable String actor) {
    }

    /** Whether it shall be held; otherwise it shall be released. */
    record HoldQuestion(@Nullable String serial, @Nullable Boolean held, @Nullable String actor) {
    }

    record StatusAnswer(long change, String issuer, String serial, Instant notAfter, @Nullable Instant revokedAt, @Nullable String reason) {

        static StatusAnswer of(CertificateStatus status) {
            Optional<Revocation> revocation = status.revocation();
            return new StatusAnswer(status.change(), status.issuer(), status.serial().toString(16), status.notAfter(),
                revocation.map(Revocation::time).orElse(null), revocation.map(revoked -> revoked.reason().word()).orElse(null));
        }

        CertificateStatus status() {
            Optional<Revocation> revocation = Optional.ofNullable(revokedAt).map(time -> new Revocation(time,
                Optional.ofNullable(reason).flatMap(RevocationReason::said).orElse(RevocationReason.UNSPECIFIED)));
            return new CertificateStatus(change, issuer, new BigInteger(serial, 16), notAfter, revocation);
        }
    }

    /** What is looked for; what is null does not matter. */
    record SearchQuestion(@Nullable String serial, @Nullable String subject, @Nullable String state, @Nullable Instant endsFrom, @Nullable Instant endsBefore,
                          int limit, @Nullable String after) {

        static SearchQuestion of(Query query, int limit, Optional<String> after) {
            return new SearchQuestion(query.serial().map(serial -> serial.toString(16)).orElse(null), query.subject(), query.state().map(State::name).orElse(null),
                query.endsFrom().orElse(null), query.endsBefore().orElse(null), limit, after.orElse(null));
        }

        Query query() {
            return new Query(Optional.ofNullable(serial).map(SearchQuestion::serial), subject == null ? "" : subject, Optional.ofNullable(state).map(SearchQuestion::state),
                Optional.ofNullable(endsFrom), Optional.ofNullable(endsBefore));
        }

        private static BigInteger serial(String text) {
            if (!text.matches("[0-9a-fA-F]{1,40}")) {
                throw new Problem(Kind.MALFORMED_REQUEST, "serial has 1 to 40 hexadecimal digits.");
            }
            return new BigInteger(text, 16);
        }

        private static State state(String text) {
            return Stream.of(State.values()).filter(state -> state.name().equals(text)).findFirst()
                .orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "There is no such state."));
        }
    }

    record FoundAnswer(StatusAnswer status, String profile, byte[] certificate, String actor) {
    }

    record PageAnswer(List<FoundAnswer> found, @Nullable String next) {
    }

    /** RFC 9457. */
    record Refusal(String type, String title, int status, String detail) {

        private static final String PREFIX = "/problems/";

        static String type(Kind kind) {
            return PREFIX + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        Optional<Kind> kind() {
            return Stream.of(Kind.values()).filter(kind -> type(kind).equals(type)).findFirst();
        }
    }
}
