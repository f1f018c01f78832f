package antin.bridge.command;

import antin.bridge.enrol.CertificationRequest;
import antin.bridge.message.Arguments;
import antin.bridge.message.Json;
import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import antin.bridge.origin.Origin;
import antin.bridge.origin.Origins;
import antin.bridge.token.KeyType;
import antin.bridge.token.Login;
import antin.bridge.token.Token;
import antin.bridge.window.PinQuestion;
import antin.bridge.window.PinQuestion.Act;
import antin.bridge.window.PinQuestion.Document;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import tools.jackson.databind.node.ObjectNode;

/** Makes a key in a token and a request for its certificate. The key stays only where the request could be signed with it. */
public final class MakeKey implements Command {

    private static final int LONGEST_WORD = 10;
    private static final int LONGEST_SUBJECT = 400;

    private final Origins origins;
    private final TokenChoice choice;
    private final Signatures signatures;

    public MakeKey(Origins origins, TokenChoice choice, Signatures signatures) {
        this.origins = origins;
        this.choice = choice;
        this.signatures = signatures;
    }

    @Override
    public String name() {
        return "make-key";
    }

    @Override
    public ObjectNode answer(Arguments arguments) {
        arguments.only("origin", "serial", "keyType", "subject");
        KeyType type = KeyType.of(arguments.text("keyType", LONGEST_WORD));
        X500Principal subject = CertificationRequest.subject(arguments.text("subject", LONGEST_SUBJECT));
        Origin origin = origins.admit(arguments.text("origin", WebEid.LONGEST_ORIGIN));
        Token token = choice.bySerial(arguments.optionalText("serial", TokenChoice.LONGEST_SERIAL));
        if (token.state().readOnly()) {
            throw new Refused(Reason.TOKEN_READ_ONLY);
        }
        Document shown = new Document(subject.getName(), new byte[0]);
        PinQuestion question = new PinQuestion(Act.MAKE_KEY, origin, token.state(), Optional.empty(), List.of(shown), 0);
        byte[] request = signatures.withLogin(token, question, login -> request(login, type, subject));
        return Json.object().put("request", request);
    }

    private static byte[] request(Login login, KeyType type, X500Principal subject) {
        Login.NewKey key = login.makeKey(type, subject.getName());
        try {
            return CertificationRequest.signed(subject, key);
        } catch (Refused e) {
            key.discard();
            throw e;
        }
    }
}
