package antin.backbone.enrolment;

import antin.backbone.enrolment.Owner.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be enrolled, by the word of its profile at the authority. */
public enum CertificateKind {
    PERSON_SIGNING("person-signing", Kind.PERSON, false),
    PERSON_LOGIN("person-login", Kind.PERSON, false),
    MAIL_SIGNING("mail-signing", Kind.PERSON, true),
    MAIL_ENCRYPTION("mail-encryption", Kind.PERSON, true),
    AGENCY_SEAL("agency-seal", Kind.UNIT, false),
    TLS_SERVER("tls-server", Kind.SYSTEM, false),
    TLS_CLIENT("tls-client", Kind.SYSTEM, false);

    private final String word;
    private final Kind owner;
    private final boolean forMail;

    CertificateKind(String word, Kind owner, boolean forMail) {
        this.word = word;
        this.owner = owner;
        this.forMail = forMail;
    }

    public String word() {
        return word;
    }

    public Kind owner() {
        return owner;
    }

    /** Whether address books show it, so that others can write to its owner in secret, or check who wrote. */
    public boolean isForMail() {
        return forMail;
    }

    public static Optional<CertificateKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** What people ask for by themselves. */
    public static List<CertificateKind> ofPeople() {
        return Arrays.stream(values()).filter(kind -> kind.owner == Kind.PERSON).toList();
    }
}
