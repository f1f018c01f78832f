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
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Web eID: signs one digest. */
public final class Sign implements Command {

    private static final int LONGEST_WORD = 8;

    private final Origins origins;
    private final Signatures signatures;

    public Sign(Origins origins, Signatures signatures) {
        this.origins = origins;
        this.signatures = signatures;
    }

    @Override
    public String name() {
        return "sign";
    }

    @Override
    public ObjectNode answer(Arguments arguments) {
        arguments.only("hash", "hashFunction", "certificate", "origin");
        HashFunction hash = HashFunction.of(arguments.text("hashFunction", LONGEST_WORD));
        byte[] digest = arguments.octets("hash");
        byte[] wanted = arguments.octets("certificate");
        if (digest.length != hash.bytes()) {
            throw new Refused(Reason.INVALID_ARGUMENT);
        }
        Origin origin = origins.admit(arguments.text("origin", WebEid.LONGEST_ORIGIN));
        TokenCertificate certificate = signatures.find(wanted);
        SignatureAlgorithm algorithm = Signatures.algorithm(certificate, candidate -> candidate.hash() == hash);
        byte[] value = signatures.sign(Act.SIGN, origin, certificate, algorithm, List.of(new Document("", digest))).getFirst();
        ObjectNode answer = Json.object();
        answer.putObject("signatureAlgorithm").put("hashFunction", hash.word()).put("paddingScheme", algorithm.scheme().padding()).put("cryptoAlgorithm", algorithm.scheme().crypto());
        return answer.put("signature", value);
    }
}
