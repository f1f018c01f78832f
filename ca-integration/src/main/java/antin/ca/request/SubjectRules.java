package antin.ca.request;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Which attributes a subject's name has, and how they look (RFC 5280, 4.1.2.6 and appendix A.1). */
enum SubjectRules {

    AGENCY(BCStyle.CN, BCStyle.O, BCStyle.OU, BCStyle.L, BCStyle.ST, BCStyle.C, BCStyle.ORGANIZATION_IDENTIFIER),
    PERSON(BCStyle.CN, BCStyle.GIVENNAME, BCStyle.SURNAME, BCStyle.SERIALNUMBER, BCStyle.UID, BCStyle.T, BCStyle.O, BCStyle.OU, BCStyle.L, BCStyle.ST,
        BCStyle.C),
    /** A person's or an agency's. */
    MAILBOX(BCStyle.CN, BCStyle.GIVENNAME, BCStyle.SURNAME, BCStyle.SERIALNUMBER, BCStyle.UID, BCStyle.T, BCStyle.O, BCStyle.OU, BCStyle.L, BCStyle.ST,
        BCStyle.C, BCStyle.ORGANIZATION_IDENTIFIER),
    SYSTEM(BCStyle.CN, BCStyle.O, BCStyle.OU, BCStyle.L, BCStyle.ST, BCStyle.C);

    /** ub-common-name and most others; ub-locality-name and ub-state-name are 128, and need no more here. */
    private static final int LONGEST = 64;
    private static final int LARGEST = 2048;

    private final Set<ASN1ObjectIdentifier> allowed;

    SubjectRules(ASN1ObjectIdentifier... allowed) {
        this.allowed = Set.of(allowed);
    }

    void check(X500Principal subject) {
        byte[] encoded = subject.getEncoded();
        if (encoded.length > LARGEST) {
            throw RequestRules.malformed("The subject is too long.");
        }
        Set<ASN1ObjectIdentifier> seen = new HashSet<>();
        for (RDN part : X500Name.getInstance(encoded).getRDNs()) {
            if (part.isMultiValued()) {
                throw RequestRules.malformed("Each part of the subject has one attribute.");
            }
            AttributeTypeAndValue attribute = part.getFirst();
            ASN1ObjectIdentifier type = attribute.getType();
            if (!allowed.contains(type)) {
                throw RequestRules.malformed("The subject has an attribute that this profile does not allow: " + type + ".");
            }
            if (!seen.add(type) && !type.equals(BCStyle.OU)) {
                throw RequestRules.malformed("The subject has an attribute twice: " + type + ".");
            }
            checkValue(type, attribute);
        }
        if (!seen.containsAll(List.of(BCStyle.CN, BCStyle.C))) {
            throw RequestRules.malformed("The subject needs CN and C.");
        }
    }

    private static void checkValue(ASN1ObjectIdentifier type, AttributeTypeAndValue attribute) {
        if (!(attribute.getValue() instanceof ASN1String value)) {
            throw RequestRules.malformed("The subject's attributes are texts.");
        }
        String text = value.getString();
        boolean printable = text.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
            || Character.getType(c) == Character.SURROGATE);
        if (text.isBlank() || text.codePointCount(0, text.length()) > LONGEST || !printable || type.equals(BCStyle.C) && !text.equals("VN")) {
            throw RequestRules.malformed("An attribute of the subject is empty, longer than " + LONGEST + " characters, cannot be printed, or is another"
                + " country than VN: " + type + ".");
        }
    }
}
