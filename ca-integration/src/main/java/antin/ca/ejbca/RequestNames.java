package antin.ca.ejbca;

import antin.ca.CertificateRequest;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Whether a PKCS#10 says the names of the request and no others: EJBCA takes them from it, and whoever makes the key writes it. */
final class RequestNames {

    private RequestNames() {
    }

    static void check(CertificateRequest request) {
        try {
            PKCS10CertificationRequest pkcs10 = new PKCS10CertificationRequest(request.pkcs10());
            if (!new X500Principal(pkcs10.getSubject().getEncoded()).equals(request.subject())) {
                throw refused("The PKCS#10 must name the subject itself: " + request.subject().getName() + ".");
            }
            Extensions extensions = pkcs10.getRequestedExtensions();
            GeneralNames names = extensions == null ? null : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
            List<String> emails = names == null ? List.of() : Stream.of(names.getNames()).map(RequestNames::email).toList();
            if (!List.copyOf(emails).equals(request.emails())) {
                throw refused("The PKCS#10 must name these mail addresses, and no others: " + String.join(", ", request.emails()) + ".");
            }
            if (extensions != null && Stream.of(extensions.getExtensionOIDs()).anyMatch(type -> !type.equals(Extension.subjectAlternativeName))) {
                throw refused("The PKCS#10 may ask for mail addresses only.");
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The PKCS#10 cannot be read.", e);
        }
    }

    private static String email(GeneralName name) {
        if (name.getTagNo() != GeneralName.rfc822Name) {
            throw refused("The PKCS#10 may name mail addresses only.");
        }
        return name.getName().toString();
    }

    private static Problem refused(String detail) {
        return new Problem(Kind.MALFORMED_REQUEST, detail);
    }
}
