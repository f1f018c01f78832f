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
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Signs several digests after one confirmation that lists them all, and one PIN. Either all values come back, or none. */
public final class SignAll implements Command {

    private static final int LONGEST_WORD = 8;

    private final Origins origins;
    private final Signatures signatures;
    private final Batch batch;

    public SignAll(Origins origins, Signatures signatures, Batch batch) {
        this.origins = origins;
        this.signatures = signatures;
        this.batch = batch;
    }

    @Override
    public String name() {
        return "sign-all";
    }

    @Override
    public ObjectNode answer(Arguments arguments) {
        try {
            return signed(arguments.only("origin", "certificate", "hashFunction", "paddingScheme", "documents"));
        } finally {
            batch.take();
        }
    }

    private ObjectNode signed(Arguments arguments) {
        HashFunction hash = HashFunction.of(arguments.text("hashFunction", LONGEST_WORD));
        Optional<String> padding = arguments.optionalText("paddingScheme", LONGEST_WORD);
        byte[] wanted = arguments.octets("certificate");
        Origin origin = origins.admit(arguments.text("origin", WebEid.LONGEST_ORIGIN));
        batch.add(origin, arguments);
        List<Document> documents = batch.take();
        if (documents.isEmpty() || documents.stream().anyMatch(document -> document.digest().length != hash.bytes())) {
            throw new Refused(Reason.INVALID_ARGUMENT);
        }
        TokenCertificate certificate = signatures.find(wanted);
        SignatureAlgorithm algorithm = Signatures.algorithm(certificate,
            candidate -> candidate.hash() == hash && padding.map(word -> word.equals(candidate.scheme().padding())).orElse(true));
        ObjectNode answer = Json.object();
        answer.set("signatureAlgorithm", WebEid.algorithm(algorithm));
        ArrayNode values = answer.putArray("signatures");
        signatures.sign(Act.SIGN, origin, certificate, algorithm, documents).forEach(values::add);
        return answer;
    }
}
