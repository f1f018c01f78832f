package antin.backbone.enrolment;

import antin.backbone.calls.JsonExchange;
import antin.backbone.certificates.SubjectNames;
import antin.ca.enrol.RequestRefusal;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.InternalListener;
import antin.kernel.tls.PeerName;
import antin.otp.login.ActivePeople;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /people/certificates}: signing-service has made a key for a person who asked it to, after showing a second factor, and wants its certificate. It is enrolled as if the
 * person had asked here: with the names that the directory has, once for each key, and among the person's certificates, where it can be taken back.
 */
public final class RemoteKeyCertificates implements InternalListener.Endpoint {

    record Question(@Nullable String person, @Nullable String pkcs10, @Nullable String from) {
    }

    record Answer(String certificate, List<String> authorities) {
    }

    private final Enrol enrol;
    private final ActivePeople people;

    public RemoteKeyCertificates(Enrol enrol, ActivePeople people) {
        this.enrol = enrol;
        this.people = people;
    }

    @Override
    public String path() {
        return "/people/certificates";
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:signing-service"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        JsonExchange.serve(exchange, Question.class, this::enrol);
    }

    private Answer enrol(Question question) {
        String number = JsonExchange.needed(question.person(), "person");
        byte[] untrustedPkcs10 = decoded(JsonExchange.needed(question.pkcs10(), "pkcs10"));
        String from = JsonExchange.needed(question.from(), "from");
        // an address would name the person too, and another one tomorrow
        Person person = people.find(number).filter(found -> found.number().equals(number)).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "Nobody of that number is active."));
        try {
            Enrolled enrolled = enrol.enrol(new Enrol.Wish(Owner.person(number), CertificateKind.PERSON_SIGNING, SubjectNames.of(person), List.of(person.address()), List.of(),
                untrustedPkcs10, number, from));
            List<String> chain = enrolled.issued().orElseThrow().certificates().stream().map(RemoteKeyCertificates::base64).toList();
            return new Answer(chain.getFirst(), chain.subList(1, chain.size()));
        } catch (RequestRefusal refusal) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The request is refused: " + refusal.fault().word() + ".", refusal);
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The field pkcs10 is not base64.", e);
        }
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read does not encode", e);
        }
    }
}
