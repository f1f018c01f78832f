package antin.ca.request;

import antin.ca.authority.CertificateNames;
import antin.ca.authority.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralNames;

/** A kind of certificate that is issued on request: who may be its subject, and by which other names. */
record Offer(Profile profile, SubjectRules subject, Names names) {

    /** Subject alternative names (RFC 5280, 4.2.1.6). */
    enum Names {
        /** Mail addresses, or none. */
        PERHAPS_MAIL,
        /** At least one mail address: what mail programs know the certificate by (RFC 8550, 3). */
        MAIL,
        /** At least one host: the common name is not looked at (RFC 9525, 2). */
        HOSTS
    }

    private static final Map<String, Offer> ALL = Stream.of(
        new Offer(Profile.AGENCY_SEAL, SubjectRules.AGENCY, Names.PERHAPS_MAIL),
        new Offer(Profile.PERSON_SIGNING, SubjectRules.PERSON, Names.PERHAPS_MAIL),
        new Offer(Profile.PERSON_LOGIN, SubjectRules.PERSON, Names.PERHAPS_MAIL),
        new Offer(Profile.MAIL_SIGNING, SubjectRules.MAILBOX, Names.MAIL),
        new Offer(Profile.MAIL_ENCRYPTION, SubjectRules.MAILBOX, Names.MAIL),
        new Offer(Profile.TLS_SERVER, SubjectRules.SYSTEM, Names.HOSTS),
        new Offer(Profile.TLS_CLIENT, SubjectRules.PERSON, Names.PERHAPS_MAIL)
    ).collect(Collectors.toUnmodifiableMap(offer -> offer.profile.name(), Function.identity()));

    static Offer named(String profile) {
        return Optional.ofNullable(ALL.get(profile)).orElseThrow(() -> RequestRules.malformed("There is no such profile. There are: "
            + String.join(", ", ALL.keySet().stream().sorted().toList()) + "."));
    }

    Optional<GeneralNames> names(List<String> emails, List<String> hosts) {
        if (names == Names.HOSTS ? hosts.isEmpty() || !emails.isEmpty() : !hosts.isEmpty()) {
            throw RequestRules.malformed(names == Names.HOSTS ? "A TLS server has at least one host, and no mail address." : "Only a TLS server has hosts.");
        }
        if (names == Names.MAIL && emails.isEmpty()) {
            throw RequestRules.malformed("A certificate for mail has at least one mail address.");
        }
        if (names == Names.HOSTS) {
            return Optional.of(CertificateNames.hosts(hosts));
        }
        return emails.isEmpty() ? Optional.empty() : Optional.of(CertificateNames.emails(emails));
    }
}
