package antin.ca.request;

import antin.ca.authority.AuthorityFiles;
import antin.ca.authority.CertificateNames;
import antin.ca.authority.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralNames;

/** A kind of certificate that is issued on request: who may be its subject, by which other names, and whose authority signs. */
record Offer(Profile profile, SubjectRules subject, Names names, Issuer issuer) {

    /** Subject alternative names (RFC 5280, 4.2.1.6). */
    enum Names {
        /** Mail addresses, or none. */
        PERHAPS_MAIL,
        /** At least one mail address: what mail programs know the certificate by (RFC 8550, 3). */
        MAIL,
        /** At least one host: the common name is not looked at (RFC 9525, 2). */
        HOSTS
    }

    /** Decree 68/2024/NĐ-CP, Article 10: persons, agencies, and devices, services and software. */
    enum Issuer {
        PERSONS, AGENCIES, DEVICES,
        /** A UID or another thing that only people have makes it a person's, a number of an organisation an agency's. */
        BY_SUBJECT;

        private static final Set<ASN1ObjectIdentifier> OF_PEOPLE = Set.of(BCStyle.UID, BCStyle.SERIALNUMBER, BCStyle.GIVENNAME, BCStyle.SURNAME);

        String of(X500Principal subject) {
            return switch (this) {
                case PERSONS -> AuthorityFiles.PERSONS;
                case AGENCIES -> AuthorityFiles.AGENCIES;
                case DEVICES -> AuthorityFiles.ISSUING;
                case BY_SUBJECT -> {
                    List<ASN1ObjectIdentifier> types = List.of(X500Name.getInstance(subject.getEncoded()).getAttributeTypes());
                    yield types.contains(BCStyle.ORGANIZATION_IDENTIFIER) ? AuthorityFiles.AGENCIES
                        : types.stream().anyMatch(OF_PEOPLE::contains) ? AuthorityFiles.PERSONS : AuthorityFiles.ISSUING;
                }
            };
        }
    }

    private static final Map<String, Offer> ALL = Stream.of(
        new Offer(Profile.AGENCY_SEAL, SubjectRules.AGENCY, Names.PERHAPS_MAIL, Issuer.AGENCIES),
        new Offer(Profile.PERSON_SIGNING, SubjectRules.PERSON, Names.PERHAPS_MAIL, Issuer.PERSONS),
        new Offer(Profile.PERSON_LOGIN, SubjectRules.PERSON, Names.PERHAPS_MAIL, Issuer.BY_SUBJECT),
        new Offer(Profile.MAIL_SIGNING, SubjectRules.MAILBOX, Names.MAIL, Issuer.BY_SUBJECT),
        new Offer(Profile.MAIL_ENCRYPTION, SubjectRules.MAILBOX, Names.MAIL, Issuer.BY_SUBJECT),
        new Offer(Profile.TLS_SERVER, SubjectRules.SYSTEM, Names.HOSTS, Issuer.DEVICES),
        new Offer(Profile.TLS_CLIENT, SubjectRules.PERSON, Names.PERHAPS_MAIL, Issuer.BY_SUBJECT)
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
