package antin.backbone.certificates;

import antin.backbone.ejbca.Ejbca;
import antin.otp.login.CertificateOwners;
import antin.otp.oidc.ClientCertificates;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** As {@link LoginCertificates}, for certificates that EJBCA issued on our asking: it is asked how they stand. Safe for use by many threads. */
public final class EjbcaLogins implements CertificateOwners, ClientCertificates {

    private final Ejbca ejbca;
    private final CertificateProfiles profiles;
    private final Clock clock;

    /** @param profiles of what was asked for here */
    public EjbcaLogins(Ejbca ejbca, CertificateProfiles profiles, Clock clock) {
        this.ejbca = ejbca;
        this.profiles = profiles;
        this.clock = clock;
    }

    @Override
    public Optional<String> number(X509Certificate certificate) {
        return stands(certificate) && LoginCertificates.isFor(profiles, certificate, Set.of(LoginCertificates.PERSON_LOGIN)) ? LoginCertificates.uid(certificate.getSubjectX500Principal()) : Optional.empty();
    }

    @Override
    public boolean isGood(X509Certificate certificate) {
        return stands(certificate) && LoginCertificates.isFor(profiles, certificate, Set.of(LoginCertificates.PERSON_LOGIN, LoginCertificates.SYSTEM));
    }

    private boolean stands(X509Certificate certificate) {
        return LoginCertificates.isForLogin(certificate) && LoginCertificates.isInTime(certificate, clock)
            && ejbca.authorities().stream().anyMatch(authority -> LoginCertificates.isSignedBy(authority, certificate))
            && ejbca.asked().test(certificate.getSerialNumber())
            && ejbca.statuses().find(certificate.getSerialNumber()).filter(status -> status.revocation().isEmpty()).isPresent();
    }
}
