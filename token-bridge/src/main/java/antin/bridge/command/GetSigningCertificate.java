package antin.bridge.command;

import antin.bridge.message.Arguments;
import antin.bridge.message.Json;
import antin.bridge.origin.Origin;
import antin.bridge.origin.Origins;
import antin.bridge.token.SignatureAlgorithm;
import antin.bridge.token.TokenCertificate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Web eID: the certificate the person chooses for signing, and what its key can do. */
public final class GetSigningCertificate implements Command {

    private final Origins origins;
    private final Signatures signatures;

    public GetSigningCertificate(Origins origins, Signatures signatures) {
        this.origins = origins;
        this.signatures = signatures;
    }

    @Override
    public String name() {
        return "get-signing-certificate";
    }

    @Override
    public ObjectNode answer(Arguments arguments) {
        Origin origin = origins.admit(arguments.only("origin").text("origin", WebEid.LONGEST_ORIGIN));
        TokenCertificate certificate = signatures.choose(origin, TokenCertificate::canSign);
        ObjectNode answer = Json.object().put("certificate", certificate.der());
        ArrayNode algorithms = answer.putArray("supportedSignatureAlgorithms");
        for (SignatureAlgorithm algorithm : certificate.token().algorithms(certificate)) {
            algorithms.add(WebEid.algorithm(algorithm));
        }
        return answer;
    }
}
