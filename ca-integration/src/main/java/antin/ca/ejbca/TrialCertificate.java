package antin.ca.ejbca;

import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.CertificateRequest;
import antin.ca.RevocationReason;
import antin.ca.ejbca.EjbcaApi.Enrolled;
import antin.ca.ejbca.EjbcaConnection.Unanswered;
import antin.ca.enrol.NewKey;
import antin.ca.request.CheckedRequest;
import antin.ca.request.RequestRules;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

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
        CertificateRequest unproven = new CertificateRequest(id, profile, subject, emails, NewKey.make(random).request(subject), ACTOR, host ? List.of(common) : List.of());
        CertificateRequest request = new CertificateRequest(id, profile, subject, emails, pkcs10(RequestRules.check(unproven)), ACTOR, unproven.hosts());
        CheckedRequest checked = RequestRules.check(request);
        try {
            byte[] password = new byte[24];
            random.nextBytes(password);
            Enrolled enrolled = api.enrol("antin-" + id, Base64.getUrlEncoder().withoutPadding().encodeToString(password), settings.certificateProfiles().getOrDefault(profile, ""), request.pkcs10());
            BigInteger serial = enrolled.certificate().getSerialNumber();
            boolean done = api.revoke(serial, RevocationReason.CESSATION_OF_OPERATION); // first, whatever it is that came
            IssuedCertificate issued = ReturnedCertificate.checked(checked.request(), enrolled.certificate(), enrolled.chain(), PemFile.certificates(settings.anchorFile()).getFirst(), clock.instant());
            return "serial " + issued.certificate().getSerialNumber().toString(16) + (done ? "" : "; its revocation waits at EJBCA for an approval");
        } catch (Unanswered e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "EJBCA did not answer in time. Look there for the user antin-" + id + " and revoke what it was given.", e);
        }
    }

    /** Names and all, since EJBCA takes them from here. */
    private byte[] pkcs10(CheckedRequest checked) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair keys = generator.generateKeyPair();
            JcaPKCS10CertificationRequestBuilder builder = new JcaPKCS10CertificationRequestBuilder(checked.request().subject(), keys.getPublic());
            if (checked.request().names().isPresent()) {
                ExtensionsGenerator extensions = new ExtensionsGenerator();
                extensions.addExtension(Extension.subjectAlternativeName, false, checked.request().names().get());
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
            }
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())).getEncoded();
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("The request cannot be made", e);
        }
    }
}
