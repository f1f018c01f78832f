package antin.ca.external;

import antin.ca.external.OutsideAuthority.Attribute;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
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
 * @param id          the permanent number of a person, or {@code unit:} and an agency's short name, which no number looks like
 * @param name        in full
 * @param identifiers what may stand in UID or serialNumber of the certificate
 */
public record Owner(String id, String name, Set<String> identifiers, List<String> emails) {

    /** Who has certificates. */
    public enum Kind { PERSON, AGENCY }

    private static final String UNIT = "unit:";

    public Owner {
        identifiers = Set.copyOf(identifiers);
        emails = List.copyOf(emails);
    }

    /** The id of an agency. */
    public static String agency(String unit) {
        return UNIT + unit;
    }

    public Kind kind() {
        return kind(id);
    }

    public static Kind kind(String owner) {
        return owner.startsWith(UNIT) ? Kind.AGENCY : Kind.PERSON;
    }

    /** The short name of an agency, or a person's number. */
    public static String bare(String owner) {
        return owner.startsWith(UNIT) ? owner.substring(UNIT.length()) : owner;
    }

    /** The rules that the certificate breaks, in small letters and with commas; empty where it is this owner's. */
    String misfit(X509Certificate certificate, List<Attribute> rules) {
        return rules.stream().filter(rule -> !fits(certificate, rule)).map(rule -> rule.name().toLowerCase(Locale.ROOT).replace('_', '-')).collect(Collectors.joining(","));
    }

    private boolean fits(X509Certificate certificate, Attribute rule) {
        return switch (rule) {
            case UID -> isOne(values(certificate, BCStyle.UID));
            case SERIAL_NUMBER -> isOne(values(certificate, BCStyle.SERIALNUMBER));
            case EMAIL -> emails(certificate).stream().anyMatch(email -> emails.stream().anyMatch(email::equalsIgnoreCase));
            case NAME -> values(certificate, BCStyle.CN).stream().map(Owner::folded).toList().equals(List.of(folded(name)));
        };
    }

    /** One value, so that nobody is two. */
    private boolean isOne(List<String> values) {
        return values.size() == 1 && identifiers.contains(values.getFirst());
    }

    /** Without case, marks and doubled blanks, since authorities write names in capitals or without marks. */
    static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}+", "").replace('đ', 'd').replace('Đ', 'D').toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
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
