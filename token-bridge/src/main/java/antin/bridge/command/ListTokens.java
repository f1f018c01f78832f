package antin.bridge.command;

import antin.bridge.message.Arguments;
import antin.bridge.message.Json;
import antin.bridge.origin.Origins;
import antin.bridge.token.Token;
import antin.bridge.token.TokenCertificate;
import antin.bridge.token.TokenState;
import antin.bridge.token.Tokens;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tokens that are there, with their signing certificates. Certificates for logging in stay unseen but by logging in, as in Web eID. */
public final class ListTokens implements Command {

    private final Origins origins;
    private final Tokens tokens;

    public ListTokens(Origins origins, Tokens tokens) {
        this.origins = origins;
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return "list-tokens";
    }

    @Override
    public ObjectNode answer(Arguments arguments) {
        origins.admit(arguments.only("origin").text("origin", WebEid.LONGEST_ORIGIN));
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("tokens");
        for (Token token : tokens.present()) {
            list.add(token(token));
        }
        return answer;
    }

    private static ObjectNode token(Token token) {
        TokenState state = token.state();
        ObjectNode node = Json.object().put("label", state.label()).put("manufacturer", state.manufacturer()).put("model", state.model()).put("serial", state.serial())
            .put("pinSet", state.pinSet()).put("fewTries", state.fewTries()).put("lastTry", state.lastTry()).put("locked", state.locked()).put("pinPad", state.pinPad());
        ArrayNode certificates = node.putArray("certificates");
        for (TokenCertificate certificate : token.certificates()) {
            if (certificate.canSign()) {
                ArrayNode algorithms = certificates.addObject().put("certificate", certificate.der()).putArray("supportedSignatureAlgorithms");
                token.algorithms(certificate).forEach(algorithm -> algorithms.add(WebEid.algorithm(algorithm)));
            }
        }
        return node;
    }
}
