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
import org.bouncycastle.asn1.x509.KeyUsage;

/** EJBCA drops what it does not know of a request, and its profile has the last word: so every certificate that comes back is held against what was asked for. */
final class ReturnedCertificate {

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);
    // RFC 5280, 4.2.1.3: places of the bits
    private static final int NON_REPUDIATION = 1;
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;
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
        if (!RequestNames.isSubject(request, certificate)) {
            throw doubtful("the subject. The end entity profile must take all its parts from the request");
        }
        if (!RequestNames.hasNames(request, certificate)) {
            throw doubtful("the mail addresses or hosts. The end entity profile must take them from the request");
        }
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        if (from.isAfter(now.plus(CLOCKS_DIFFER)) || !to.isAfter(now) || to.isAfter(now.plus(request.profile().validity()).plus(CLOCKS_DIFFER))) {
            throw doubtful("the validity, which may be at most " + request.profile().validity().toDays() + " days");
        }
        if (!isGoodFor(request, certificate)) {
            throw doubtful("what the key is for, which the certificate profile says");
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

    /** It does at least what was asked for, signs no certificates, and signs no documents where nobody wanted that (a key that logs in never does). */
    private static boolean isGoodFor(Request request, X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (usage == null || certificate.getBasicConstraints() >= 0 || usage[KEY_CERT_SIGN] || usage[CRL_SIGN]) {
            return false;
        }
        int wanted = request.profile().keyUsage().of(request.key());
        boolean signsDocuments = (wanted & KeyUsage.nonRepudiation) != 0;
        boolean allThere = has(usage, 0, wanted, KeyUsage.digitalSignature) && has(usage, NON_REPUDIATION, wanted, KeyUsage.nonRepudiation)
            && has(usage, 2, wanted, KeyUsage.keyEncipherment) && has(usage, 4, wanted, KeyUsage.keyAgreement);
        return allThere && (signsDocuments || !usage[NON_REPUDIATION]) && hasPurpose(request, certificate);
    }

    private static boolean has(boolean[] usage, int bit, int wanted, int flag) {
        return (wanted & flag) == 0 || usage[bit];
    }

    /** RFC 5280, 4.2.1.12: without the extension it is good for every purpose. */
    private static boolean hasPurpose(Request request, X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null || request.profile().purposes().stream().anyMatch(wanted -> purposes.contains(wanted.getId()));
        } catch (CertificateException e) {
            return false;
        }
    }

    private static Problem doubtful(String what) {
        return new Problem(Kind.MISCONFIGURED, DOUBTFUL + what + ".");
    }
}
