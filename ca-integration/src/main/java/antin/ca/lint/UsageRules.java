package antin.ca.lint;

import static antin.ca.lint.Rule.rule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** What the key may be used for. */
final class UsageRules {

    private static final int OF_AUTHORITIES = KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature;

    static final List<Rule> ALL = List.of(
        rule("basic-constraints-readable", "RFC 5280, 4.2.1.9", candidate -> candidate.value(Extension.basicConstraints, BasicConstraints::getInstance).isPresent()),
        rule("authority-marked-critical", "RFC 5280, 4.2.1.9", candidate -> !candidate.isAuthority() || candidate.extension(Extension.basicConstraints).filter(Extension::isCritical).isPresent()),
        rule("path-length-of-authorities-only", "RFC 5280, 4.2.1.9", candidate -> candidate.value(Extension.basicConstraints, BasicConstraints::getInstance)
            .filter(constraints -> constraints.getPathLenConstraint() != null && (!constraints.isCA() || !candidate.mayUse(KeyUsage.keyCertSign))).isEmpty()),
        rule("path-length-not-negative", "RFC 5280, 4.2.1.9", candidate -> candidate.value(Extension.basicConstraints, BasicConstraints::getInstance)
            .filter(constraints -> constraints.getPathLenConstraint() != null && constraints.getPathLenConstraint().signum() < 0).isEmpty()),
        rule("authority-signs-certificates", "RFC 5280, 4.2.1.3", candidate -> !candidate.isAuthority() || candidate.mayUse(KeyUsage.keyCertSign)),
        rule("only-authorities-sign-certificates", "RFC 5280, 4.2.1.9", candidate -> candidate.isAuthority() || !candidate.mayUse(KeyUsage.keyCertSign)),
        rule("only-authorities-sign-crls-here", "RFC 5280, 4.2.1.3", candidate -> candidate.isAuthority() || !candidate.mayUse(KeyUsage.cRLSign)),
        rule("key-usage-there", "RFC 5280, 4.2.1.3", candidate -> candidate.keyUsage().isPresent()),
        rule("key-usage-critical", "RFC 5280, 4.2.1.3", candidate -> candidate.extension(Extension.keyUsage).filter(usage -> !usage.isCritical()).isEmpty()),
        rule("key-usage-not-empty", "RFC 5280, 4.2.1.3", candidate -> candidate.keyUsage().filter(usage -> usage.getPadBits() == 8 || new DERBitString(usage.getBytes()).intValue() == 0).isEmpty()),
        rule("ec-key-enciphers-nothing", "RFC 8813, 3", candidate -> !isEc(candidate) || !candidate.mayUse(KeyUsage.keyEncipherment) && !candidate.mayUse(KeyUsage.dataEncipherment)),
        rule("authority-enciphers-nothing", "CA/Browser Forum Baseline Requirements, 7.1.2.10.7", candidate -> !candidate.isAuthority() || bits(candidate) == (bits(candidate) & OF_AUTHORITIES)),
        rule("purposes-not-empty", "RFC 5280, 4.2.1.12", candidate -> candidate.extension(Extension.extendedKeyUsage).isEmpty() || !candidate.purposes().isEmpty()),
        rule("purposes-once-each", "RFC 5280, 4.2.1.12", candidate -> new HashSet<>(candidate.purposes()).size() == candidate.purposes().size()),
        rule("purposes-of-leaves-named", "ETSI EN 319 412-2, 4.3.10", candidate -> candidate.isAuthority() || !candidate.purposes().isEmpty()),
        rule("not-for-any-purpose", "RFC 5280, 4.2.1.12", candidate -> !candidate.purposes().contains(KeyPurposeId.anyExtendedKeyUsage)),
        rule("time-stamps-alone-and-critical", "RFC 3161, 2.3", candidate -> !candidate.purposes().contains(KeyPurposeId.id_kp_timeStamping)
            || candidate.purposes().size() == 1 && candidate.extension(Extension.extendedKeyUsage).filter(Extension::isCritical).isPresent()),
        rule("time-stamps-by-signatures-only", "RFC 5280, 4.2.1.12 (id-kp-timeStamping)", candidate -> !candidate.purposes().contains(KeyPurposeId.id_kp_timeStamping)
            || bits(candidate) == (bits(candidate) & (KeyUsage.digitalSignature | KeyUsage.nonRepudiation))),
        rule("ocsp-signer-signs", "RFC 5280, 4.2.1.12 (id-kp-OCSPSigning)", candidate -> !candidate.purposes().contains(KeyPurposeId.id_kp_OCSPSigning) || candidate.mayUse(KeyUsage.digitalSignature)),
        rule("ocsp-signer-not-asked-about", "RFC 6960, 4.2.2.2.1", candidate -> !candidate.purposes().contains(KeyPurposeId.id_kp_OCSPSigning)
            || candidate.extension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck).isPresent() || candidate.extension(Extension.cRLDistributionPoints).isPresent()),
        rule("tls-server-named", "RFC 9525, 4", candidate -> !candidate.purposes().contains(KeyPurposeId.id_kp_serverAuth) || candidate.extension(Extension.subjectAlternativeName).isPresent()),
        rule("signing-apart-from-tls", "ETSI EN 319 412-2, 4.3.2", candidate -> !candidate.mayUse(KeyUsage.nonRepudiation) || Set.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth).stream()
            .noneMatch(candidate.purposes()::contains)));

    private UsageRules() {
    }

    private static boolean isEc(Candidate candidate) {
        return candidate.key().getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
    }

    private static int bits(Candidate candidate) {
        return candidate.keyUsage().map(usage -> new DERBitString(usage.getBytes(), usage.getPadBits()).intValue()).orElse(0);
    }
}
