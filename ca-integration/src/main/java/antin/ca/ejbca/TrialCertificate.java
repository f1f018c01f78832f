package antin.ca.ejbca;

import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.CertificateRequest;
import antin.ca.RevocationReason;
import antin.ca.ejbca.EjbcaApi.Enrolled;
import antin.ca.ejbca.EjbcaConnection.Unanswered;
import antin.ca.enrol.MailKey;
import antin.ca.enrol.NewKey;
import antin.ca.request.CheckedRequest;
import antin.ca.request.RequestRules;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.PemFile;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** A certificate that nobody uses: issued to see whether it is what was asked for, and revoked at once. Its key is forgotten. */
final class TrialCertificate {

    private static final String ACTOR = "doctor";

    private final EjbcaApi api;
    private final EjbcaSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    TrialCertificate(EjbcaApi api, EjbcaSettings settings, Clock clock) {
        this.api = api;
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns what to tell; throws {@link Problem} with what to do. */
    String issueAndRevoke(String profile) {
        String id = "doctor-" + new BigInteger(64, random).toString(16);
        boolean host = profile.equals("tls-server");
        String common = host ? "doctor.test.invalid" : "Antin doctor " + id;
        X500Principal subject = host ? new X500Principal("CN=" + common + ",C=VN") : new X500Principal("CN=" + common + ",OU=test,O=Ấn Tín,C=VN");
        List<String> emails = profile.startsWith("mail-") ? List.of("doctor@test.invalid") : List.of();
        List<String> hosts = host ? List.of(common) : List.of();
        CertificateRequest request = new CertificateRequest(id, profile, subject, emails, request(profile, subject, emails, hosts), ACTOR, hosts);
        CheckedRequest checked = RequestRules.check(request);
        try {
            byte[] password = new byte[24];
            random.nextBytes(password);
            Enrolled enrolled = api.enrol("antin-" + id, Base64.getUrlEncoder().withoutPadding().encodeToString(password), settings.certificateProfiles().getOrDefault(profile, ""), request.pkcs10());
            BigInteger serial = enrolled.certificate().getSerialNumber();
            boolean done = api.revoke(serial, Wish.revocation(RevocationReason.CESSATION_OF_OPERATION)); // first, whatever it is that came
            IssuedCertificate issued = ReturnedCertificate.checked(checked.request(), enrolled.certificate(), enrolled.chain(), PemFile.certificates(settings.anchorFile()).getFirst(), clock.instant());
            return "serial " + issued.certificate().getSerialNumber().toString(16) + (done ? "" : "; its revocation waits at EJBCA for an approval");
        } catch (Unanswered e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "EJBCA did not answer in time. Look there for the user antin-" + id + " and revoke what it was given.", e);
        }
    }

    /** With a key as the product makes it for such certificates. */
    private byte[] request(String profile, X500Principal subject, List<String> emails, List<String> hosts) {
        if (profile.equals("mail-encryption")) {
            return MailKey.make(random).request(subject, emails);
        }
        return hosts.isEmpty() ? NewKey.make(random).request(subject, emails) : NewKey.make(random).hostRequest(subject, hosts);
    }
}
