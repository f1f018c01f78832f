package antin.ca.remote;

import antin.ca.CertificateAuthority;
import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.CertificateHold;
import antin.ca.CertificateRequest;
import antin.ca.CertificateSearch;
import antin.ca.CertificateSearch.Page;
import antin.ca.RevocationReason;
import antin.ca.StatusSource;
import antin.ca.remote.JsonEndpoint.Answer;
import antin.ca.remote.Messages.FoundAnswer;
import antin.ca.remote.Messages.HoldQuestion;
import antin.ca.remote.Messages.IssueAnswer;
import antin.ca.remote.Messages.IssueQuestion;
import antin.ca.remote.Messages.PageAnswer;
import antin.ca.remote.Messages.RevokeQuestion;
import antin.ca.remote.Messages.SearchQuestion;
import antin.ca.remote.Messages.StatusAnswer;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.InternalListener;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** What the process {@code ca} serves, for {@code antin:backbone} alone. */
public final class CaEndpoints {

    private static final Pattern SERIAL = Pattern.compile("[0-9a-fA-F]{1,40}"); // RFC 5280, 4.1.2.2: at most 20 octets
    private static final Pattern CHANGES = Pattern.compile("after=(\\d{1,18})&limit=(\\d{1,4})&wait=(\\d{1,2})");
    private static final Pattern CRL = Pattern.compile("issuer=([a-z-]{1,20})");
    private static final int MOST_CHANGES = 1000;
    /** The listener ends an exchange after a minute. */
    private static final int LONGEST_WAIT = 30;
    private static final int LONGEST_NAME = 2048;

    private final CertificateAuthority authority;
    private final StatusSource status;

    private CaEndpoints(CertificateAuthority authority, StatusSource status) {
        this.authority = authority;
        this.status = status;
    }

    public static List<InternalListener.Endpoint> of(CertificateAuthority authority, StatusSource status) {
        CaEndpoints endpoints = new CaEndpoints(authority, status);
        List<InternalListener.Endpoint> all = new ArrayList<>(List.of(new JsonEndpoint("/certificates", "POST", endpoints::issue), new JsonEndpoint("/revocations", "POST", endpoints::revoke),
            new JsonEndpoint("/changes", "GET", endpoints::changes), new JsonEndpoint("/crl", "GET", endpoints::crl)));
        if (authority instanceof CertificateHold hold) {
            all.add(new JsonEndpoint("/holds", "POST", exchange -> hold(hold, exchange)));
        }
        if (authority instanceof CertificateSearch search) {
            all.add(new JsonEndpoint("/search", "POST", exchange -> search(search, exchange)));
        }
        return all;
    }

    private Answer issue(HttpExchange exchange) throws IOException {
        IssueQuestion question = Messages.JSON.readValue(JsonEndpoint.body(exchange), IssueQuestion.class);
        if (question == null || question.pkcs10() == null) {
            throw malformed("id, profile, subject, emails, pkcs10 and actor are needed.");
        }
        IssuedCertificate issued = authority.issue(new CertificateRequest(needed(question.id()), needed(question.profile()),
            name(needed(question.subject())), texts(question.emails()), question.pkcs10(), needed(question.actor()), texts(question.hosts())));
        return Answer.json(new IssueAnswer(der(issued.certificate()), issued.authorities().stream().map(CaEndpoints::der).toList()));
    }

    private Answer revoke(HttpExchange exchange) throws IOException {
        RevokeQuestion question = Messages.JSON.readValue(JsonEndpoint.body(exchange), RevokeQuestion.class);
        if (question == null) {
            throw malformed("serial, reason and actor are needed.");
        }
        BigInteger serial = serial(question.serial());
        RevocationReason reason = RevocationReason.named(needed(question.reason())).orElseThrow(() -> malformed("There is no such reason."));
        return Answer.json(StatusAnswer.of(authority.revoke(serial, reason, needed(question.actor()))));
    }

    private static Answer hold(CertificateHold authority, HttpExchange exchange) throws IOException {
        HoldQuestion question = Messages.JSON.readValue(JsonEndpoint.body(exchange), HoldQuestion.class);
        if (question == null || question.held() == null) {
            throw malformed("serial, held and actor are needed.");
        }
        BigInteger serial = serial(question.serial());
        String actor = needed(question.actor());
        return Answer.json(StatusAnswer.of(question.held() ? authority.hold(serial, actor) : authority.release(serial, actor)));
    }

    private static BigInteger serial(@Nullable String untrustedSerial) {
        if (!SERIAL.matcher(needed(untrustedSerial)).matches()) {
            throw malformed("serial has 1 to 40 hexadecimal digits.");
        }
        return new BigInteger(needed(untrustedSerial), 16);
    }

    private Answer changes(HttpExchange exchange) {
        Matcher query = query(exchange, CHANGES, "after=N&limit=1..." + MOST_CHANGES + "&wait=SECONDS");
        int limit = Math.clamp(Long.parseLong(query.group(2)), 1, MOST_CHANGES);
        Duration wait = Duration.ofSeconds(Math.min(Integer.parseInt(query.group(3)), LONGEST_WAIT));
        return Answer.json(status.changesAfter(Long.parseLong(query.group(1)), limit, wait).stream().map(StatusAnswer::of).toList());
    }

    private Answer crl(HttpExchange exchange) {
        return new Answer("application/pkix-crl", status.crl(query(exchange, CRL, "issuer=NAME").group(1)));
    }

    private static Answer search(CertificateSearch search, HttpExchange exchange) throws IOException {
        SearchQuestion question = Messages.JSON.readValue(JsonEndpoint.body(exchange), SearchQuestion.class);
        if (question == null) {
            throw malformed("What is looked for is missing.");
        }
        Page page = search.find(question.query(), question.limit(), Optional.ofNullable(question.after()));
        return Answer.json(new PageAnswer(page.found().stream().map(one -> new FoundAnswer(StatusAnswer.of(one.status()), one.profile(), der(one.certificate()), one.actor()))
            .toList(), page.next().orElse(null)));
    }

    private static Matcher query(HttpExchange exchange, Pattern pattern, String form) {
        String query = exchange.getRequestURI().getRawQuery();
        Matcher matcher = pattern.matcher(query == null ? "" : query);
        if (!matcher.matches()) {
            throw malformed("The query has the form " + form + ".");
        }
        return matcher;
    }

    private static X500Principal name(String text) {
        try {
            if (text.length() <= LONGEST_NAME) {
                return new X500Principal(text);
            }
        } catch (IllegalArgumentException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The subject is no distinguished name (RFC 2253).", e);
        }
        throw malformed("The subject is too long.");
    }

    /** A list that is left out is empty. */
    private static List<String> texts(@Nullable List<@Nullable String> list) {
        List<String> texts = new ArrayList<>();
        for (String text : list == null ? List.<@Nullable String>of() : list) {
            texts.add(needed(text));
        }
        return texts;
    }

    private static String needed(@Nullable String value) {
        if (value == null) {
            throw malformed("A part is missing.");
        }
        return value;
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("It was read from DER", e);
        }
    }

    private static Problem malformed(String detail) {
        return new Problem(Kind.MALFORMED_REQUEST, detail);
    }
}
