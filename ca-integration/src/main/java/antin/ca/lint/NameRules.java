package antin.ca.lint;

import static antin.ca.lint.Rule.rule;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Subject, issuer, and the subject's other names. */
final class NameRules {

    private static final Map<ASN1ObjectIdentifier, Integer> LONGEST = Map.of(BCStyle.CN, 64, BCStyle.O, 64, BCStyle.OU, 64, BCStyle.L, 128, BCStyle.ST, 128, BCStyle.T, 64,
        BCStyle.SERIALNUMBER, 64, BCStyle.GIVENNAME, 64, BCStyle.SURNAME, 64);
    private static final Pattern MAILBOX = Pattern.compile("[\\x21-\\x7e&&[^@\"\\\\<>]]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Set<Integer> ADDRESS_LENGTHS = Set.of(4, 16);

    static final List<Rule> ALL = List.of(
        rule("issuer-named", "RFC 5280, 4.1.2.4", candidate -> candidate.issuerName().getRDNs().length > 0),
        rule("issuer-named-as-it-names-itself", "RFC 5280, 4.1.2.6 and 7.1", NameRules::chainsByOctets),
        rule("subject-named", "RFC 5280, 4.1.2.6", candidate -> candidate.subject().getRDNs().length > 0 || !candidate.isAuthority() && candidate.extension(Extension.subjectAlternativeName).isPresent()),
        rule("subject-in-utf8-or-printable-strings", "RFC 5280, 4.1.2.4", candidate -> values(candidate).allMatch(value -> value instanceof ASN1UTF8String || value instanceof ASN1PrintableString
            || value instanceof ASN1IA5String)),
        rule("country-by-two-letters", "RFC 5280, A.1 (X520countryName)", candidate -> texts(candidate, BCStyle.C).allMatch(value -> value instanceof ASN1PrintableString text && text.getString().matches("[A-Z]{2}"))),
        rule("serial-number-printable", "RFC 5280, A.1 (X520SerialNumber)", candidate -> texts(candidate, BCStyle.SERIALNUMBER).allMatch(ASN1PrintableString.class::isInstance)),
        rule("attributes-within-upper-bounds", "RFC 5280, A.1 (upper bounds)", candidate -> candidate.attributes().allMatch(one -> text(one.getValue()).length() <= LONGEST.getOrDefault(one.getType(), 255))),
        rule("attributes-not-empty", "RFC 5280, A.1 (SIZE (1..))", candidate -> values(candidate).noneMatch(value -> text(value).isBlank())),
        rule("attributes-without-control-characters", "RFC 4518, 2.4", candidate -> values(candidate).noneMatch(value -> text(value).codePoints().anyMatch(NameRules::isHidden))),
        rule("country-once", "ETSI EN 319 412-2, 4.2.4", candidate -> texts(candidate, BCStyle.C).count() <= 1),
        rule("no-mail-address-in-the-subject", "RFC 5280, 4.1.2.6", candidate -> texts(candidate, BCStyle.EmailAddress).findAny().isEmpty()),
        rule("other-names-not-empty", "RFC 5280, 4.2.1.6", candidate -> candidate.value(Extension.subjectAlternativeName, GeneralNames::getInstance).filter(names -> names.getNames().length == 0).isEmpty()),
        rule("other-names-critical-without-a-subject", "RFC 5280, 4.2.1.6", candidate -> candidate.subject().getRDNs().length > 0
            || candidate.extension(Extension.subjectAlternativeName).filter(Extension::isCritical).isPresent()),
        rule("mail-addresses-are-mailboxes", "RFC 5280, 4.2.1.6 (rfc822Name)", candidate -> candidate.names(GeneralName.rfc822Name).stream().allMatch(name -> MAILBOX.matcher(name).matches())),
        rule("hosts-in-preferred-syntax", "RFC 5280, 4.2.1.6 (dNSName)", candidate -> candidate.names(GeneralName.dNSName).stream().allMatch(name -> name.length() <= 253 && HOST.matcher(name).matches())),
        rule("uris-absolute", "RFC 5280, 4.2.1.6 (uniformResourceIdentifier)", candidate -> candidate.names(GeneralName.uniformResourceIdentifier).stream().allMatch(name -> URI.create(name).isAbsolute())),
        rule("addresses-of-4-or-16-octets", "RFC 5280, 4.2.1.6 (iPAddress)", NameRules::hasAddressesOfRightLength));

    private NameRules() {
    }

    private static Stream<ASN1Encodable> values(Candidate candidate) {
        return candidate.attributes().map(one -> one.getValue());
    }

    private static Stream<ASN1Encodable> texts(Candidate candidate, ASN1ObjectIdentifier type) {
        return candidate.attributes().filter(one -> one.getType().equals(type)).map(one -> one.getValue());
    }

    private static String text(ASN1Encodable value) {
        return ((ASN1String) value).getString();
    }

    private static boolean isHidden(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT || Character.getType(character) == Character.PRIVATE_USE
            || Character.getType(character) == Character.SURROGATE || !Character.isDefined(character);
    }

    private static boolean chainsByOctets(Candidate candidate) {
        try {
            X500Name above = candidate.issuer().isPresent() ? X500Name.getInstance(candidate.issuer().get().getSubjectX500Principal().getEncoded()) : candidate.subject();
            return Arrays.equals(candidate.issuerName().getEncoded(), above.getEncoded());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasAddressesOfRightLength(Candidate candidate) {
        return candidate.value(Extension.subjectAlternativeName, GeneralNames::getInstance).stream().flatMap(names -> Stream.of(names.getNames())).filter(name -> name.getTagNo() == GeneralName.iPAddress)
            .allMatch(name -> ADDRESS_LENGTHS.contains(ASN1OctetString.getInstance(name.getName()).getOctets().length));
    }
}
