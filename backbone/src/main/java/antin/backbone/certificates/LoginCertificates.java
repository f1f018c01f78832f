package antin.backbone.certificates;

import antin.backbone.status.StatusFeed;
import antin.ca.CertificateStatus;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.CertificateOwners;
import antin.otp.oidc.ClientCertificates;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Whose a certificate is that an issuing authority of our own made for logging in: a person's has the profile {@code person-login} and no other, and the subject's UID is the permanent number; a
 * system's has {@code tls-client} (or, of before, {@code person-login}) and is known by its whole subject. Safe for use by many threads.
 */
public final class LoginCertificates implements CertificateOwners, ClientCertificates {

    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2"; // RFC 5280, 4.2.1.12
    static final String PERSON_LOGIN = "person-login";
    static final String SYSTEM = "tls-client";
    private static final String UID = "0.9.2342.19200300.100.1.1"; // RFC 4519, 2.39
    /** As long as a CRL is good: what was revoked meanwhile could not be told. */
    private static final Duration OLDEST_WORD = Duration.ofDays(1);

    private final Map<String, X509Certificate> authorities;
    private final StatusFeed statuses;
    private final CertificateProfiles profiles;
    private final Clock clock;

    /** @param authorities the issuing authorities' certificates by their short names */
    public LoginCertificates(Map<String, X509Certificate> authorities, StatusFeed statuses, CertificateProfiles profiles, Clock clock) {
        this.authorities = Map.copyOf(authorities);
        this.statuses = statuses;
        this.profiles = profiles;
        this.clock = clock;
    }

    @Override
    public Optional<String> number(X509Certificate certificate) {
        return stands(certificate) && isFor(profiles, certificate, Set.of(PERSON_LOGIN)) ? uid(certificate.getSubjectX500Principal()) : Optional.empty();
    }

    @Override
    public boolean isGood(X509Certificate certificate) {
        return stands(certificate) && isFor(profiles, certificate, Set.of(PERSON_LOGIN, SYSTEM));
    }

    /** A system's or a person's for TLS says the same as one for logging in: what it was asked for decides. */
    static boolean isFor(CertificateProfiles profiles, X509Certificate certificate, Set<String> wanted) {
        return profiles.of(certificate).filter(wanted::contains).isPresent();
    }

    private boolean stands(X509Certificate certificate) {
        return isForLogin(certificate) && isInTime(certificate, clock) && issuer(certificate).filter(issuer -> isKnown(issuer, certificate)).isPresent();
    }

    /** The short name of the authority of ours that signed it. */
    private Optional<String> issuer(X509Certificate certificate) {
        return authorities.entrySet().stream().filter(authority -> isSignedBy(authority.getValue(), certificate)).map(Map.Entry::getKey).findFirst();
    }

    static boolean isSignedBy(X509Certificate authority, X509Certificate certificate) {
        try {
            if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
                return false;
            }
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static boolean isInTime(X509Certificate certificate, Clock clock) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static boolean isForLogin(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            boolean[] usage = certificate.getKeyUsage();
            return purposes != null && purposes.equals(List.of(CLIENT_AUTHENTICATION)) && usage != null && usage[0] && certificate.getBasicConstraints() < 0;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** One that the authority does not know is none of its own, whatever its signature says. */
    private boolean isKnown(String issuer, X509Certificate certificate) {
        Instant known = statuses.knownAt();
        if (!statuses.isLoaded() || known.isBefore(clock.instant().minus(OLDEST_WORD))) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "Whether the certificate was revoked is not known now.");
        }
        Optional<CertificateStatus> status = statuses.find(issuer, certificate.getSerialNumber());
        return status.isPresent() && status.get().revocation().isEmpty();
    }

    static Optional<String> uid(X500Principal subject) {
        try {
            for (Rdn part : new LdapName(subject.getName(X500Principal.RFC2253, Map.of(UID, "UID"))).getRdns()) {
                if (part.getType().equals("UID") && part.getValue() instanceof String number) {
                    return Optional.of(number);
                }
            }
            return Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
