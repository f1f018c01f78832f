package antin.ca.remote;

import antin.ca.recovery.KeyRecovery;
import antin.ca.recovery.KeyRecovery.Opening;
import antin.ca.remote.JsonEndpoint.Answer;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.InternalListener;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The recovery archive's key as the process {@code ca} serves it, for {@code antin:backbone} alone. */
public final class RecoveryEndpoints {

    record OpenQuestion(byte @Nullable [] envelope, @Nullable String owner, @Nullable String approval, @Nullable String requester, @Nullable String approver) {
    }

    record CertificateAnswer(byte[] certificate) {
    }

    record KeyAnswer(byte[] key) {
    }

    static final String CERTIFICATE = "/recovery/certificate";
    static final String OPENINGS = "/recovery/openings";
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}@._-]{1,64}");

    private final KeyRecovery recovery;

    private RecoveryEndpoints(KeyRecovery recovery) {
        this.recovery = recovery;
    }

    public static List<InternalListener.Endpoint> of(KeyRecovery recovery) {
        RecoveryEndpoints endpoints = new RecoveryEndpoints(recovery);
        return List.of(new JsonEndpoint(CERTIFICATE, "GET", endpoints::certificate), new JsonEndpoint(OPENINGS, "POST", endpoints::open));
    }

    private Answer certificate(HttpExchange exchange) {
        try {
            return Answer.json(new CertificateAnswer(recovery.certificate().getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("It was read from a file", e);
        }
    }

    private Answer open(HttpExchange exchange) throws IOException {
        OpenQuestion question = Messages.JSON.readValue(JsonEndpoint.body(exchange), OpenQuestion.class);
        if (question == null || question.envelope() == null) {
            throw new Problem(Kind.MALFORMED_REQUEST, "envelope, owner, approval, requester and approver are needed.");
        }
        return Answer.json(new KeyAnswer(recovery.open(new Opening(question.envelope(), name(question.owner()), name(question.approval()), name(question.requester()), name(question.approver())))));
    }

    private static String name(@Nullable String untrustedName) {
        if (untrustedName == null || !NAME.matcher(untrustedName).matches()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "A name is missing, or has other characters than letters, digits, at, dot, hyphen and underscore.");
        }
        return untrustedName;
    }
}
