package antin.bridge.command;

import antin.bridge.message.Arguments;
import antin.bridge.message.Json;
import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import antin.bridge.origin.Origin;
import antin.bridge.origin.Origins;
import antin.bridge.token.Token;
import antin.bridge.token.Tokens;
import antin.bridge.window.PinQuestion;
import antin.bridge.window.PinQuestion.Act;
import antin.bridge.window.PinQuestion.Document;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Puts an issued certificate beside its key, in the token that has the key. */
public final class StoreCertificate implements Command {

    private final Origins origins;
    private final Tokens tokens;
    private final Signatures signatures;

    public StoreCertificate(Origins origins, Tokens tokens, Signatures signatures) {
        this.origins = origins;
        this.tokens = tokens;
        this.signatures = signatures;
    }

    @Override
    public String name() {
        return "store-certificate";
    }

    @Override
    public ObjectNode answer(Arguments arguments) {
        X509Certificate certificate = certificate(arguments.only("origin", "certificate").octets("certificate"));
        Origin origin = origins.admit(arguments.text("origin", WebEid.LONGEST_ORIGIN));
        Token token = tokens.present().stream().filter(candidate -> candidate.hasKeyOf(certificate.getPublicKey())).findFirst().orElseThrow(() -> new Refused(Reason.KEY_NOT_FOUND));
        Document shown = new Document(certificate.getSubjectX500Principal().getName(), new byte[0]);
        PinQuestion question = new PinQuestion(Act.STORE_CERTIFICATE, origin, token.state(), Optional.empty(), List.of(shown), 0);
        boolean stored = signatures.withLogin(token, question, login -> {
            login.store(certificate);
            return true;
        });
        return Json.object().put("stored", stored);
    }

    private static X509Certificate certificate(byte[] untrusted) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(untrusted));
        } catch (CertificateException e) {
            throw new Refused(Reason.INVALID_ARGUMENT, e);
        }
    }
}
