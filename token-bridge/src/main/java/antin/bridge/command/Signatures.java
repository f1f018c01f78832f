package antin.bridge.command;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import antin.bridge.origin.Origin;
import antin.bridge.token.Login;
import antin.bridge.token.Pin;
import antin.bridge.token.SignatureAlgorithm;
import antin.bridge.token.Token;
import antin.bridge.token.TokenCertificate;
import antin.bridge.token.TokenState;
import antin.bridge.token.Tokens;
import antin.bridge.token.WrongPin;
import antin.bridge.window.Asker;
import antin.bridge.window.PinQuestion;
import antin.bridge.window.PinQuestion.Act;
import antin.bridge.window.PinQuestion.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the commands share: finding a certificate, asking for the PIN until the token takes it, and signing. */
public final class Signatures {

    private final Tokens tokens;
    private final Asker asker;

    public Signatures(Tokens tokens, Asker asker) {
        this.tokens = tokens;
        this.asker = asker;
    }

    /** The certificate the person chooses among those that are fit; where there is none, the person may put a token in and try again. */
    TokenCertificate choose(Origin origin, Predicate<TokenCertificate> fit) {
        while (true) {
            List<Token> present = tokens.present();
            List<TokenCertificate> certificates = present.stream().flatMap(token -> certificates(token).stream()).filter(fit).toList();
            if (!certificates.isEmpty()) {
                return certificates.size() == 1 ? certificates.getFirst() : asker.choose(origin, certificates);
            }
            askAgain(present.isEmpty() ? Reason.NO_TOKEN : Reason.NO_CERTIFICATE);
        }
    }

    /** The signing certificate with these octets; where its token is not there, the person may put it in and try again. */
    TokenCertificate find(byte[] der) {
        while (true) {
            List<Token> present = tokens.present();
            Optional<TokenCertificate> found = present.stream().flatMap(token -> certificates(token).stream()).filter(certificate -> certificate.is(der)).findFirst();
            if (found.isPresent()) {
                // Web eID: the authentication key signs no hash that a page made, or the page could log in elsewhere with it
                return found.filter(TokenCertificate::canSign).orElseThrow(() -> new Refused(Reason.NOT_FOR_SIGNING));
            }
            askAgain(present.isEmpty() ? Reason.NO_TOKEN : Reason.CERTIFICATE_NOT_FOUND);
        }
    }

    /** Signs all documents with one PIN, or none. */
    List<byte[]> sign(Act act, Origin origin, TokenCertificate certificate, SignatureAlgorithm algorithm, List<Document> documents) {
        PinQuestion question = new PinQuestion(act, origin, certificate.token().state(), Optional.of(certificate), documents, 0);
        return withLogin(certificate.token(), question, login -> {
            List<byte[]> values = new ArrayList<>();
            for (Document document : documents) {
                values.add(login.sign(certificate, algorithm, document.digest()));
            }
            return values;
        });
    }

    /** Does it with a token that took the PIN. After a wrong one the person is asked again, with what the token says of its tries. */
    <T> T withLogin(Token token, PinQuestion first, Function<Login, T> work) {
        PinQuestion question = first;
        while (true) {
            question = question.with(usable(token));
            try (Pin pin = asker.pin(question); Asker.Working note = asker.working(question); Login login = token.login(pin)) {
                return work.apply(login);
            } catch (WrongPin e) {
                question = question.afterWrongPin();
            }
        }
    }

    /** The best algorithm of the key with the hash function, as the token reports. */
    static SignatureAlgorithm algorithm(TokenCertificate certificate, Predicate<SignatureAlgorithm> wanted) {
        return certificate.token().algorithms(certificate).stream().filter(wanted).findFirst().orElseThrow(() -> new Refused(Reason.UNSUPPORTED_ALGORITHM));
    }

    /** Refuses a token that would not take any PIN. */
    static TokenState usable(Token token) {
        TokenState state = token.state();
        if (state.locked()) {
            throw new Refused(Reason.PIN_LOCKED);
        }
        if (!state.pinSet()) {
            throw new Refused(Reason.PIN_NOT_SET);
        }
        return state;
    }

    private void askAgain(Reason reason) {
        if (!asker.retry(reason)) {
            throw new Refused(reason);
        }
    }

    /** A token that is taken out while it is read has none. */
    private static List<TokenCertificate> certificates(Token token) {
        try {
            return token.certificates();
        } catch (Refused e) {
            return List.of();
        }
    }
}
