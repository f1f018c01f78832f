package antin.ca.remote;

import antin.ca.CertificateAuthority;
import antin.ca.CertificateHold;
import antin.ca.CertificateRequest;
import antin.ca.CertificateSearch;
import antin.ca.CertificateStatus;
import antin.ca.RevocationReason;
import antin.ca.StatusSource;
import antin.ca.remote.Messages.HoldQuestion;
import antin.ca.remote.Messages.IssueAnswer;
import antin.ca.remote.Messages.IssueQuestion;
import antin.ca.remote.Messages.PageAnswer;
import antin.ca.remote.Messages.Refusal;
import antin.ca.remote.Messages.RevokeQuestion;
import antin.ca.remote.Messages.SearchQuestion;
import antin.ca.remote.Messages.StatusAnswer;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.PeerClient;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * The authority of the process {@code ca}, over mutual TLS. A question is sent once; where no answer comes the caller asks again
 * under the same id, and the other side sees to it that nothing is issued twice.
 */
public final class RemoteCertificateAuthority implements CertificateAuthority, CertificateHold, StatusSource, CertificateSearch {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** The other side ends an exchange after a minute; this keeps clear of it. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(30);

    private final PeerClient ca;

    /** {@code url} is the internal port of {@code ca}, such as {@code https://localhost:9441}. */
    public RemoteCertificateAuthority(URI url, InternalIdentity identity) {
        this.ca = new PeerClient(url, identity, new PeerName("antin:ca"));
    }

    @Override
    public IssuedCertificate issue(CertificateRequest request) {
        IssueQuestion question = new IssueQuestion(request.id(), request.profile(), request.subject().getName(), List.copyOf(request.emails()),
            request.pkcs10(), request.actor(), List.copyOf(request.hosts()));
        IssueAnswer answer = read(ca.post("/certificates", Messages.JSON.writeValueAsBytes(question), PATIENCE), IssueAnswer.class);
        return new IssuedCertificate(certificate(answer.certificate()), answer.authorities().stream().map(RemoteCertificateAuthority::certificate).toList());
    }

    @Override
    public CertificateStatus revoke(BigInteger serial, RevocationReason reason, String actor) {
        byte[] question = Messages.JSON.writeValueAsBytes(new RevokeQuestion(serial.toString(16), reason.word(), actor));
        return read(ca.post("/revocations", question, PATIENCE), StatusAnswer.class).status();
    }

    @Override
    public CertificateStatus hold(BigInteger serial, String actor) {
        return hold(serial, true, actor);
    }

    @Override
    public CertificateStatus release(BigInteger serial, String actor) {
        return hold(serial, false, actor);
    }

    private CertificateStatus hold(BigInteger serial, boolean held, String actor) {
        byte[] question = Messages.JSON.writeValueAsBytes(new HoldQuestion(serial.toString(16), held, actor));
        return read(ca.post("/holds", question, PATIENCE), StatusAnswer.class).status();
    }

    /** Patience beyond half a minute is cut to that: the caller asks again. */
    @Override
    public List<CertificateStatus> changesAfter(long change, int limit, Duration patience) {
        Duration wait = patience.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : patience;
        Instant end = Instant.now().plus(wait);
        while (true) {
            // The wire counts whole seconds: a last part of one is asked for without waiting
            long seconds = Math.max(0, Duration.between(Instant.now(), end).toSeconds());
            List<CertificateStatus> changes = Stream.of(read(ca.get("/changes?after=" + change + "&limit=" + limit + "&wait=" + seconds,
                Duration.ofSeconds(seconds).plus(MARGIN)), StatusAnswer[].class)).map(StatusAnswer::status).toList();
            if (!changes.isEmpty() || seconds == 0) {
                return changes;
            }
        }
    }

    @Override
    public byte[] crl(String issuer) {
        return checked(ca.get("/crl?issuer=" + URLEncoder.encode(issuer, StandardCharsets.UTF_8), PATIENCE)).body();
    }

    @Override
    public Page find(Query query, int limit, Optional<String> after) {
        PageAnswer page = read(ca.post("/search", Messages.JSON.writeValueAsBytes(SearchQuestion.of(query, limit, after)), PATIENCE), PageAnswer.class);
        return new Page(page.found().stream().map(one -> new Found(one.status().status(), one.profile(), certificate(one.certificate()), one.actor())).toList(),
            Optional.ofNullable(page.next()));
    }

    @Override
    public void close() {
        ca.close();
    }

    static <T> T read(HttpResponse<byte[]> response, Class<T> type) {
        try {
            return Messages.JSON.readValue(checked(response).body(), type);
        } catch (JacksonException e) {
            throw strange(e);
        }
    }

    /** The answer where it is one; otherwise the problem that the other side told, of the same kind. */
    private static HttpResponse<byte[]> checked(HttpResponse<byte[]> response) {
        if (response.statusCode() == 200) {
            return response;
        }
        Refusal refusal;
        try {
            refusal = Messages.JSON.readValue(response.body(), Refusal.class);
        } catch (JacksonException e) {
            throw strange(e);
        }
        throw new Problem(refusal.kind().orElse(Kind.PEER_UNAVAILABLE), refusal.detail());
    }

    static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw strange(e);
        }
    }

    private static Problem strange(Exception cause) {
        return new Problem(Kind.PEER_UNAVAILABLE, "antin:ca does not answer as expected.", cause);
    }
}
