package antin.backbone.external;

import antin.ca.RevocationReason;
import antin.ca.external.OutsideAuthority;
import antin.ca.external.OutsideRequests;
import antin.ca.external.OutsideRequests.OutsideRequest;
import antin.ca.external.OutsideRequests.State;
import antin.ca.external.OutsideRequests.Wish;
import antin.ca.external.Proof;
import antin.ca.external.Registered;
import antin.ca.external.Registrations;
import antin.ca.external.RequestLetter;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What owners ask of outside authorities, from the letter to the answer. Of what is not the asker's nothing is told. Safe for use by many threads. */
public final class AskOutside {

    public static final int LONGEST_REASON = 300;
    private static final int LONGEST_NOTE = 300;

    private final Registrations registrations;
    private final OutsideRequests requests;
    private final OutsideOwners owners;
    private final OutsideNews news;
    private final Clock clock;

    public AskOutside(Registrations registrations, OutsideRequests requests, OutsideOwners owners, OutsideNews news, Clock clock) {
        this.registrations = registrations;
        this.requests = requests;
        this.owners = owners;
        this.news = news;
        this.clock = clock;
    }

    /** For the owner and for who administers them. */
    public Registered certificate(Person person, String sha256) {
        return registrations.find(sha256).filter(one -> owners.mayFollow(person.number(), one.owner())).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such certificate."));
    }

    public OutsideRequest request(Person person, String id) {
        OutsideRequest request = requests.get(id);
        certificate(person, request.certificateSha256());
        return request;
    }

    public List<OutsideRequest> about(Registered certificate) {
        return requests.of(certificate.certificateSha256());
    }

    /** @param reason the RFC's word for a revocation, else what shall change */
    public OutsideRequest prepare(Person person, String sha256, Wish wish, String reason) {
        Registered one = certificate(person, sha256);
        String words = reason.strip();
        if (words.isEmpty() || words.length() > LONGEST_REASON || wish == Wish.REVOKE && RevocationReason.named(words).isEmpty()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "A reason is needed.");
        }
        String to = registrations.authorities().stream().filter(authority -> authority.name().equals(one.authority())).map(OutsideAuthority::title).findFirst().orElse(one.authority());
        return requests.prepare(one, wish, words, person.number(), id -> new RequestLetter(id, wish, words, to, owners.agency(one.owner()), person.name(), one.owner(), clock.instant()).write(one));
    }

    /** By any good certificate of the owner, or, where their token is lost, of whoever administers them and signs now. */
    public OutsideRequest sign(Person person, String id, Proof signature) {
        OutsideRequest request = request(person, id);
        Registered about = certificate(person, request.certificateSha256());
        List<Registered> signers = Stream.concat(registrations.goodOf(about.owner(), clock.instant()).stream(), registrations.goodOf(person.number(), clock.instant()).stream()).distinct().toList();
        return requests.sign(id, signature, signers, person.number());
    }

    /** It was handed over, by the way that the note tells. */
    public OutsideRequest sent(Person person, String id, String note) {
        request(person, id);
        return requests.move(id, State.SENT, person.number(), checked(note));
    }

    public OutsideRequest withdraw(Person person, String id) {
        request(person, id);
        return requests.move(id, State.WITHDRAWN, person.number(), "");
    }

    /** What the authority said, noted by an administrator; the owner gets a letter. */
    public OutsideRequest answer(Person person, String id, boolean granted, String reference, LocalDate date, String note) {
        OutsideRequest request = request(person, id);
        Registered about = certificate(person, request.certificateSha256());
        if (!owners.mayAnswerFor(person.number(), about.owner())) {
            throw new Problem(Kind.NOT_ALLOWED, "An administrator notes the answer.");
        }
        OutsideRequest answered = requests.answer(id, granted, checked(reference), date, person.number(), checked(note));
        news.answered(answered, about);
        return answered;
    }

    /** What is open for those whom this person administers, and whose certificate it is. */
    public List<Open> open(Person person) {
        return requests.open().stream().flatMap(request -> registrations.find(request.certificateSha256()).map(about -> new Open(request, about)).stream())
            .filter(open -> owners.mayAnswerFor(person.number(), open.about().owner())).toList();
    }

    /** A request and its certificate. */
    public record Open(OutsideRequest request, Registered about) {
    }

    private static String checked(String note) {
        return Optional.of(note.strip()).filter(text -> text.length() <= LONGEST_NOTE).orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "The text is too long."));
    }
}
