package antin.backbone.enrolment;

import antin.backbone.enrolment.Owner.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be enrolled, and what the installation makes for itself, by the word of its profile at the authority. */
public enum CertificateKind {
    PERSON_SIGNING("person-signing", Kind.PERSON),
    PERSON_LOGIN("person-login", Kind.PERSON),
    MAIL_SIGNING("mail-signing", Kind.PERSON, Kind.UNIT),
    MAIL_ENCRYPTION("mail-encryption", Kind.PERSON, Kind.UNIT),
    AGENCY_SEAL("agency-seal", Kind.UNIT),
    TLS_SERVER("tls-server", Kind.SYSTEM),
    TLS_CLIENT("tls-client", Kind.SYSTEM),
    // Of the installation's own, made by the bootstrap: shown, and never asked for or revoked by pages
    ISSUING("issuing"),
    LISTENER("listener"),
    OCSP_SIGNER("ocsp-signer"),
    TIME_STAMPS("time-stamps"),
    RECOVERY("recovery");

    private final String word;
    private final Set<Kind> owners;

    CertificateKind(String word, Kind... owners) {
        this.word = word;
        this.owners = Set.of(owners);
    }

    public String word() {
        return word;
    }

    /** Whether address books show it, so that others can write to its owner in secret, or check who wrote. */
    public boolean isForMail() {
        return this == MAIL_SIGNING || this == MAIL_ENCRYPTION;
    }

    /** Made by the installation for itself. */
    public boolean isOurs() {
        return owners.isEmpty();
    }

    public static Optional<CertificateKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** What may be asked for owners of a kind. */
    public static List<CertificateKind> of(Kind owner) {
        return Arrays.stream(values()).filter(kind -> kind.owners.contains(owner)).toList();
    }
}
