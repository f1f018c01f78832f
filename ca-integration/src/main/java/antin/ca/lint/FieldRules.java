package antin.ca.lint;

import static antin.ca.lint.Rule.rule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The fields beside names, key and extensions. */
final class FieldRules {

    private static final int LONGEST_SERIAL = 20;
    private static final int LEAST_SERIAL_BITS = 64;
    private static final int LAST_UTC_YEAR = 2049;
    private static final Set<ASN1ObjectIdentifier> ECDSA = Set.of(X9ObjectIdentifiers.ecdsa_with_SHA256, X9ObjectIdentifiers.ecdsa_with_SHA384, X9ObjectIdentifiers.ecdsa_with_SHA512);
    private static final Set<ASN1ObjectIdentifier> RSA = Set.of(PKCSObjectIdentifiers.sha256WithRSAEncryption, PKCSObjectIdentifiers.sha384WithRSAEncryption,
        PKCSObjectIdentifiers.sha512WithRSAEncryption);

    static final List<Rule> ALL = List.of(
        rule("encoded-in-der", "RFC 5280, 4.1", Candidate::isDer),
        rule("version-3", "RFC 5280, 4.1.2.1", candidate -> candidate.version() == 2),
        rule("serial-positive", "RFC 5280, 4.1.2.2", candidate -> candidate.serial().getValue().signum() > 0),
        rule("serial-at-most-20-octets", "RFC 5280, 4.1.2.2", candidate -> candidate.serial().getValue().toByteArray().length <= LONGEST_SERIAL),
        rule("serial-at-least-64-bits", "CA/Browser Forum Baseline Requirements, 7.1", candidate -> candidate.serial().getValue().bitLength() >= LEAST_SERIAL_BITS),
        rule("signature-algorithms-agree", "RFC 5280, 4.1.1.2", candidate -> candidate.signature().equals(candidate.outerSignature())),
        rule("signature-algorithm-strong", "ETSI TS 119 312, 6", candidate -> ECDSA.contains(candidate.signature().getAlgorithm()) || RSA.contains(candidate.signature().getAlgorithm())),
        rule("ecdsa-without-parameters", "RFC 5758, 3.2", candidate -> !ECDSA.contains(candidate.signature().getAlgorithm()) || candidate.signature().getParameters() == null),
        rule("rsa-with-null-parameters", "RFC 4055, 5", candidate -> !RSA.contains(candidate.signature().getAlgorithm()) || DERNull.INSTANCE.equals(candidate.signature().getParameters())),
        rule("validity-in-order", "RFC 5280, 4.1.2.5", candidate -> time(candidate, 0).getDate().before(time(candidate, 1).getDate())),
        rule("validity-by-utc-time-until-2049", "RFC 5280, 4.1.2.5", candidate -> hasFormOfItsYear(candidate, 0) && hasFormOfItsYear(candidate, 1)),
        rule("validity-to-the-second-in-utc", "RFC 5280, 4.1.2.5.1 and 4.1.2.5.2", candidate -> isWholeSecond(candidate, 0) && isWholeSecond(candidate, 1)),
        rule("ends-with-its-issuer", "RFC 5280, 6.1.3 (a)(2)", candidate -> candidate.issuer().filter(issuer -> time(candidate, 1).getDate().after(issuer.getNotAfter())).isEmpty()),
        rule("no-unique-identifiers", "RFC 5280, 4.1.2.8", candidate -> !candidate.hasUniqueIdentifier()));

    private FieldRules() {
    }

    private static Time time(Candidate candidate, int place) {
        return Time.getInstance(candidate.validity().getObjectAt(place));
    }

    private static boolean hasFormOfItsYear(Candidate candidate, int place) {
        ASN1Encodable time = candidate.validity().getObjectAt(place);
        return time instanceof ASN1GeneralizedTime general ? Integer.parseInt(general.getTimeString().substring(0, 4)) > LAST_UTC_YEAR : time instanceof ASN1UTCTime;
    }

    private static boolean isWholeSecond(Candidate candidate, int place) {
        ASN1Encodable time = candidate.validity().getObjectAt(place);
        return time instanceof ASN1GeneralizedTime general ? general.getTimeString().matches("\\d{14}Z") : time instanceof ASN1UTCTime utc && raw(utc).matches("\\d{12}Z");
    }

    /** As encoded; the class's own text is made whole. */
    private static String raw(ASN1UTCTime time) {
        try {
            byte[] encoded = time.getEncoded();
            return new String(encoded, 2, encoded.length - 2, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
