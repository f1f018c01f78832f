package antin.signing.certificate;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.PeerClient;
import antin.kernel.key.KeyRing;
import antin.kernel.key.KeyRing.KeyType;
import antin.kernel.key.KeyRing.KeyUse;
import antin.kernel.key.KeyRing.PendingKey;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes a key where there is none yet and has backbone certify it. What was begun before a crash is gone on with. Safe for use by many threads. */
public final class Certification {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KeyRing keys;
    private final PeerClient backbone;

    public Certification(KeyRing keys, PeerClient backbone) {
        this.keys = keys;
        this.backbone = backbone;
    }

    /**
     * @param path of backbone's internal port
     * @param whose what backbone asks beside the field {@code pkcs10}
     * @throws Problem {@code PEER_UNAVAILABLE}, after which it may be tried again; {@code NOT_ALLOWED} where backbone refuses
     */
    public SigningKey make(String name, KeyType type, KeyUse use, String path, Map<String, String> whose) {
        PendingKey pending = keys.pending(name, type, use);
        byte[] request = CertificationRequest.of(name, pending, type == KeyType.EC_P256 ? SignatureAlgorithm.ECDSA_SHA256 : SignatureAlgorithm.RSA_SHA256);
        Map<String, String> body = new TreeMap<>(whose);
        body.put("pkcs10", Base64.getEncoder().encodeToString(request));
        HttpResponse<byte[]> answer = backbone.post(path, JSON.writeValueAsBytes(body), PATIENCE);
        if (answer.statusCode() != 200) {
            boolean refused = answer.statusCode() == 400 || answer.statusCode() == 404;
            throw new Problem(refused ? Kind.NOT_ALLOWED : Kind.PEER_UNAVAILABLE, "backbone gave no certificate, but status " + answer.statusCode() + ".");
        }
        return keys.complete(name, chain(answer.body()));
    }

    private static List<X509Certificate> chain(byte[] answer) {
        try {
            JsonNode json = JSON.readTree(answer);
            List<X509Certificate> chain = new ArrayList<>();
            chain.add(certificate(json.path("certificate").asString("")));
            for (JsonNode authority : json.path("authorities")) {
                chain.add(certificate(authority.asString("")));
            }
            return chain;
        } catch (JacksonException | CertificateException | IllegalArgumentException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "backbone's answer cannot be read.", e);
        }
    }

    private static X509Certificate certificate(String base64) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }
}
