package antin.ca.ejbca;

import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.authority.Authority.Request;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** EJBCA drops what it does not know of a request, and its profile has the last word: so every certificate that comes back is held against what was asked for. */
final class ReturnedCertificate {

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);
    private static final String DOUBTFUL = "EJBCA returned another certificate than was asked for: ";

    private ReturnedCertificate() {
    }

    /** From base64, of DER or, as searches answer, of base64 again. */
    static X509Certificate parse(String text) {
        try {
            byte[] once = Base64.getMimeDecoder().decode(text);
            byte[] der = once.length > 0 && once[0] == 0x30 ? once : Base64.getMimeDecoder().decode(once);
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "EJBCA returned what is no certificate.", e);
        }
    }

    static boolean isFor(Request request, X509Certificate certificate) {
        return Arrays.equals(request.key().getEncoded(), certificate.getPublicKey().getEncoded());
    }

    /** Throws {@code MISCONFIGURED} that says what differs. The chain starts at the issuer; it may lack the root. */
    static IssuedCertificate checked(Request request, X509Certificate certificate, List<X509Certificate> chain, X509Certificate anchor, Instant now) {
        if (!isFor(request, certificate)) {
            throw doubtful("the key");
        }
        if (!certificate.getSubjectX500Principal().equals(request.subject())) {
            throw doubtful("the subject. The certificate profile must take it from the request");
        }
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        if (from.isAfter(now.plus(CLOCKS_DIFFER)) || !to.isAfter(now) || to.isAfter(now.plus(request.profile().validity()).plus(CLOCKS_DIFFER))) {
            throw doubtful("the validity, which may be at most " + request.profile().validity().toDays() + " days");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() >= 0 || usage == null || usage[5] || usage[6] || !usage[0]) {
            throw doubtful("the key usage: it may sign certificates, or no documents");
        }
        List<X509Certificate> above = chain.stream().filter(one -> !one.equals(anchor)).toList();
        try {
            List<X509Certificate> path = new ArrayList<>(List.of(certificate));
            path.addAll(above);
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now.isBefore(from) ? from : now)); // clocks differ
            CertPathValidator.getInstance("PKIX").validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (GeneralSecurityException e) {
            throw new Problem(Kind.MISCONFIGURED, DOUBTFUL + "the chain does not lead to the root of ejbca.anchor-file.", e);
        }
        List<X509Certificate> authorities = new ArrayList<>(above);
        authorities.add(anchor);
        return new IssuedCertificate(certificate, authorities);
    }

    private static Problem doubtful(String what) {
        return new Problem(Kind.MISCONFIGURED, DOUBTFUL + what + ".");
    }
}
