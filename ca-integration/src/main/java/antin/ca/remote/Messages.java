package antin.ca.remote;

import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
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

    record StatusAnswer(long change, String issuer, String serial, Instant notAfter, @Nullable Instant revokedAt, @Nullable String reason) {

        static StatusAnswer of(CertificateStatus status) {
            Optional<Revocation> revocation = status.revocation();
            return new StatusAnswer(status.change(), status.issuer(), status.serial().toString(16), status.notAfter(),
                revocation.map(Revocation::time).orElse(null), revocation.map(revoked -> revoked.reason().word()).orElse(null));
        }

        CertificateStatus status() {
            Optional<Revocation> revocation = Optional.ofNullable(revokedAt).map(time -> new Revocation(time,
                Optional.ofNullable(reason).flatMap(RevocationReason::named).orElse(RevocationReason.UNSPECIFIED)));
            return new CertificateStatus(change, issuer, new BigInteger(serial, 16), notAfter, revocation);
        }
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
