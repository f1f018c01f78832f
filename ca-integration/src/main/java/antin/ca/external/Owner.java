package antin.ca.external;

import antin.ca.external.OutsideAuthority.Attribute;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/**
 * Whose a certificate shall be, as the directory knows them.
 *
 * @param id           the permanent number, or an agency's id
 * @param serialNumber what certificates of the outside authority have in serialNumber; empty where the directory does not know
 */
public record Owner(String id, Optional<String> serialNumber, List<String> emails) {

    public Owner {
        emails = List.copyOf(emails);
    }

    /** Throws {@code NOT_ALLOWED} where the certificate names somebody else, or nobody. */
    void check(X509Certificate certificate, Attribute attribute) {
        boolean fits = switch (attribute) {
            case UID -> values(certificate, BCStyle.UID).equals(List.of(id));
            case SERIAL_NUMBER -> serialNumber.isPresent() && values(certificate, BCStyle.SERIALNUMBER).equals(List.of(serialNumber.get()));
            case EMAIL -> emails(certificate).stream().anyMatch(email -> emails.stream().anyMatch(email::equalsIgnoreCase));
        };
        if (!fits) {
            throw new Problem(Kind.NOT_ALLOWED, "The certificate names somebody else: its " + attribute.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " is not the one that the directory has.");
        }
    }

    private static List<String> values(X509Certificate certificate, ASN1ObjectIdentifier type) {
        return Stream.of(X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()).getRDNs(type)).map(part -> IETFUtils.valueToString(part.getFirst().getValue())).toList();
    }

    private static List<String> emails(X509Certificate certificate) {
        try {
            Extensions extensions = new JcaX509CertificateHolder(certificate).getExtensions();
            GeneralNames names = extensions == null ? null : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
            return Stream.concat(names == null ? Stream.empty() : Stream.of(names.getNames()).filter(name -> name.getTagNo() == GeneralName.rfc822Name).map(name -> name.getName().toString()),
                values(certificate, BCStyle.E).stream()).toList();
        } catch (CertificateEncodingException e) {
            return List.of();
        }
    }
}
