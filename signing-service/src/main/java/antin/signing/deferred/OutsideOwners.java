package antin.signing.deferred;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.PeerClient;
import antin.signing.Digests;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** For whom certificates of other authorities are registered at backbone: {@code POST /outside-certificates/owner}. Asked each time, so that one that is withdrawn counts no more. */
public final class OutsideOwners {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PeerClient backbone;

    public OutsideOwners(PeerClient backbone) {
        this.backbone = backbone;
    }

    Optional<String> of(X509Certificate certificate) {
        HttpResponse<byte[]> answer = backbone.post("/outside-certificates/owner", JSON.writeValueAsBytes(Map.of("sha256", sha256(certificate))), PATIENCE);
        if (answer.statusCode() != 200) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "backbone does not say whose certificate it is, but status " + answer.statusCode() + ".");
        }
        try {
            return Optional.of(JSON.readTree(answer.body()).path("owner").asString("")).filter(owner -> !owner.isEmpty());
        } catch (JacksonException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "backbone's answer cannot be read.", e);
        }
    }

    private static String sha256(X509Certificate certificate) {
        try {
            MessageDigest digest = Digests.newSha256();
            digest.update(certificate.getEncoded());
            return Digests.text(digest);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("It was read from its encoding", e);
        }
    }
}
