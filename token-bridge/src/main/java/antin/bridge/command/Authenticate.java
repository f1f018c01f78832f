package antin.bridge.command;

import antin.bridge.message.Arguments;
import antin.bridge.message.Json;
import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import antin.bridge.origin.Origin;
import antin.bridge.origin.Origins;
import antin.bridge.token.HashFunction;
import antin.bridge.token.SignatureAlgorithm;
import antin.bridge.token.TokenCertificate;
import antin.bridge.window.PinQuestion.Act;
import antin.bridge.window.PinQuestion.Document;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Web eID: logs in by signing the origin and the page's challenge. The origin is the browser's word, so a token made for one site is of no use to another. */
public final class Authenticate implements Command {

    private static final int SHORTEST_NONCE = 44; // 32 octets in base64
    private static final int LONGEST_NONCE = 128;

    private final Origins origins;
    private final Signatures signatures;
    private final String program;

    /** {@code program} names this one and its version in the answer, for the page's information. */
    public Authenticate(Origins origins, Signatures signatures, String program) {
        this.origins = origins;
        this.signatures = signatures;
        this.program = program;
    }

    @Override
    public String name() {
        return "authenticate";
    }

    @Override
    public ObjectNode answer(Arguments arguments) {
        String nonce = arguments.only("challengeNonce", "origin").text("challengeNonce", LONGEST_NONCE);
        if (nonce.length() < SHORTEST_NONCE) {
            throw new Refused(Reason.INVALID_ARGUMENT);
        }
        Origin origin = origins.admit(arguments.text("origin", WebEid.LONGEST_ORIGIN));
        TokenCertificate certificate = signatures.choose(origin, TokenCertificate::canAuthenticate);
        SignatureAlgorithm algorithm = Signatures.algorithm(certificate, candidate -> candidate.hash() == hash(certificate));
        byte[] digest = challenge(origin, nonce, algorithm.hash());
        byte[] value = signatures.sign(Act.LOG_IN, origin, certificate, algorithm, List.of(new Document("", digest))).getFirst();
        return Json.object().put("unverifiedCertificate", certificate.der()).put("algorithm", algorithm.jws()).put("signature", value).put("format", "web-eid:1.0")
            .put("appVersion", program);
    }

    /** Web eID authentication token 1.0: hash(hash(origin) + hash(nonce)). */
    static byte[] challenge(Origin origin, String nonce, HashFunction hash) {
        return hash.digest(hash.digest(origin.value().getBytes(StandardCharsets.UTF_8)), hash.digest(nonce.getBytes(StandardCharsets.UTF_8)));
    }

    /** RFC 7518, 3.4: a curve has its hash function; RSA takes SHA-256. */
    private static HashFunction hash(TokenCertificate certificate) {
        if (!(certificate.certificate().getPublicKey() instanceof ECPublicKey key)) {
            return HashFunction.SHA_256;
        }
        return switch (key.getParams().getOrder().bitLength()) {
            case 256 -> HashFunction.SHA_256;
            case 384 -> HashFunction.SHA_384;
            case 521 -> HashFunction.SHA_512;
            default -> throw new Refused(Reason.UNSUPPORTED_ALGORITHM);
        };
    }
}
