package antin.ca.ejbca;

import antin.ca.authority.Authority.Request;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** The names of a request: EJBCA takes them from the PKCS#10, which whoever makes the key writes, and puts the parts of the subject into an order of its own. */
final class RequestNames {

    private RequestNames() {
    }

    /** Whether the PKCS#10 says the names of the request and no others; throws {@code MALFORMED_REQUEST} where it does not. */
    static void check(Request request, byte[] untrustedPkcs10) {
        try {
            PKCS10CertificationRequest pkcs10 = new PKCS10CertificationRequest(untrustedPkcs10);
            if (!parts(pkcs10.getSubject()).equals(parts(request.subject()))) {
                throw refused("The PKCS#10 must name the subject itself: " + request.subject().getName() + ".");
            }
            Extensions extensions = pkcs10.getRequestedExtensions();
            if (!names(extensions == null ? null : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName)).equals(names(request))) {
                throw refused("The PKCS#10 must name these mail addresses or hosts, and no others: " + String.join(", ", names(request).stream().map(name -> name.getName().toString()).sorted().toList()) + ".");
            }
            if (extensions != null && Stream.of(extensions.getExtensionOIDs()).anyMatch(type -> !type.equals(Extension.subjectAlternativeName))) {
                throw refused("The PKCS#10 may ask for mail addresses or hosts only.");
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The PKCS#10 cannot be read.", e);
        }
    }

    /** Whether these are the same parts, in whatever order: a live server answered UID, CN, DC to DC, CN, UID. */
    static boolean isSubject(Request request, X509Certificate certificate) {
        return parts(certificate.getSubjectX500Principal()).equals(parts(request.subject()));
    }

    static boolean hasNames(Request request, X509Certificate certificate) {
        try {
            Extensions extensions = new JcaX509CertificateHolder(certificate).getExtensions();
            return names(extensions == null ? null : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName)).equals(names(request));
        } catch (java.security.cert.CertificateEncodingException | IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> parts(X500Principal name) {
        return parts(X500Name.getInstance(name.getEncoded()));
    }

    private static List<String> parts(X500Name name) {
        return Stream.of(name.getRDNs()).flatMap(rdn -> Stream.of(rdn.getTypesAndValues()))
            .map(part -> part.getType().getId() + '=' + IETFUtils.valueToString(part.getValue())).sorted().toList();
    }

    private static Set<GeneralName> names(Request request) {
        return names(request.names().orElse(null));
    }

    private static Set<GeneralName> names(@org.jspecify.annotations.Nullable GeneralNames names) {
        return names == null ? Set.of() : Set.copyOf(List.of(names.getNames()));
    }

    private static Problem refused(String detail) {
        return new Problem(Kind.MALFORMED_REQUEST, detail);
    }
}
