package antin.backbone.certificates;

import antin.backbone.calls.JsonExchange;
import antin.ca.CertificateAuthority;
import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.CertificateRequest;
import antin.ca.enrol.RequestId;
import antin.directory.Directory;
import antin.directory.Unit;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.InternalListener;
import antin.kernel.tls.PeerName;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /sample/certificates}: the sample's agency keys get their certificates by themselves; real ones are enrolled by people. */
public final class SampleCertificates implements InternalListener.Endpoint {

    record Question(@Nullable String key, @Nullable String pkcs10) {
    }

    record Answer(String certificate, List<String> authorities) {
    }

    /** Whose a sample key is, what for, and in the name of which addresses. */
    private record Holder(String unit, String profile, List<String> emails) {
    }

    private static final String SEAL = "agency-seal";
    private static final List<String> CLERKS = List.of("van-thu.so-noi-vu@city.example");
    private static final Map<String, Holder> HOLDERS = Map.of("sample-seal", new Holder("ubnd-tp", SEAL, List.of()), "sample-seal-ec", new Holder("ubnd-tp", SEAL, List.of()),
        "sample-agency", new Holder("so-noi-vu", SEAL, List.of()), "sample-mail", new Holder("so-noi-vu", "mail-signing", CLERKS),
        "sample-mail-decrypt", new Holder("so-noi-vu", "mail-encryption", CLERKS));

    private final CertificateAuthority authority;
    private final Directory directory;

    public SampleCertificates(CertificateAuthority authority, Directory directory) {
        this.authority = authority;
        this.directory = directory;
    }

    @Override
    public String path() {
        return "/sample/certificates";
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:signing-service"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        JsonExchange.serve(exchange, Question.class, this::issue);
    }

    private Answer issue(Question question) {
        String key = JsonExchange.needed(question.key, "key");
        byte[] untrustedPkcs10 = decode(JsonExchange.needed(question.pkcs10, "pkcs10"));
        Holder holder = Optional.ofNullable(HOLDERS.get(key)).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "The sample has no key of that name."));
        Unit unit = directory.unit(holder.unit).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "The directory has no unit " + holder.unit + "."));
        IssuedCertificate issued = authority.issue(new CertificateRequest(RequestId.of(key, untrustedPkcs10), holder.profile, SubjectNames.of(unit), holder.emails,
            untrustedPkcs10, "signing-service"));
        return new Answer(base64(issued.certificate()), issued.authorities().stream().map(SampleCertificates::base64).toList());
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The field pkcs10 is not base64.", e);
        }
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read does not encode", e);
        }
    }
}
