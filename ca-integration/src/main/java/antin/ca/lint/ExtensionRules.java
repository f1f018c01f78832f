package antin.ca.lint;

import static antin.ca.lint.Rule.rule;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** Extensions as such, key identifiers, policies and constraints. */
final class ExtensionRules {

    private static final Set<ASN1ObjectIdentifier> CRITICAL_KNOWN = Set.of(Extension.basicConstraints, Extension.keyUsage, Extension.extendedKeyUsage, Extension.subjectAlternativeName,
        Extension.nameConstraints, Extension.policyConstraints, Extension.inhibitAnyPolicy, Extension.certificatePolicies);

    static final List<Rule> ALL = List.of(
        rule("extensions-once-each", "RFC 5280, 4.2", candidate -> candidate.extensions().stream().map(Extension::getExtnId).distinct().count() == candidate.extensions().size()),
        rule("no-critical-extension-that-others-do-not-know", "RFC 5280, 4.2", candidate -> candidate.extensions().stream().filter(Extension::isCritical).allMatch(one -> CRITICAL_KNOWN.contains(one.getExtnId()))),
        rule("authority-key-identified", "RFC 5280, 4.2.1.1", candidate -> candidate.isSelfSigned() || authorityKey(candidate).isPresent()),
        rule("authority-key-identifier-not-critical", "RFC 5280, 4.2.1.1", candidate -> isNotCritical(candidate, Extension.authorityKeyIdentifier)),
        rule("authority-key-identifier-fits-the-issuer", "RFC 5280, 4.2.1.1", ExtensionRules::fitsIssuer),
        rule("authority-key-identifier-by-key-alone", "RFC 5280, 4.2.1.1", candidate -> candidate.value(Extension.authorityKeyIdentifier, AuthorityKeyIdentifier::getInstance)
            .filter(one -> (one.getAuthorityCertIssuer() == null) != (one.getAuthorityCertSerialNumber() == null)).isEmpty()),
        rule("subject-key-identified", "RFC 5280, 4.2.1.2", candidate -> candidate.value(Extension.subjectKeyIdentifier, SubjectKeyIdentifier::getInstance).isPresent()),
        rule("subject-key-identifier-not-critical", "RFC 5280, 4.2.1.2", candidate -> isNotCritical(candidate, Extension.subjectKeyIdentifier)),
        rule("policies-once-each", "RFC 5280, 4.2.1.4", candidate -> candidate.value(Extension.certificatePolicies, CertificatePolicies::getInstance).filter(policies ->
            new HashSet<>(Stream.of(policies.getPolicyInformation()).map(PolicyInformation::getPolicyIdentifier).toList()).size() != policies.getPolicyInformation().length).isEmpty()),
        rule("policies-not-empty", "RFC 5280, 4.2.1.4", candidate -> candidate.value(Extension.certificatePolicies, CertificatePolicies::getInstance).filter(policies -> policies.getPolicyInformation().length == 0).isEmpty()),
        rule("name-constraints-of-authorities-and-critical", "RFC 5280, 4.2.1.10", candidate -> candidate.extension(Extension.nameConstraints).filter(one -> !one.isCritical() || !candidate.isAuthority()).isEmpty()),
        rule("policy-constraints-critical", "RFC 5280, 4.2.1.11", candidate -> candidate.extension(Extension.policyConstraints).filter(one -> !one.isCritical()).isEmpty()),
        rule("inhibit-any-policy-critical", "RFC 5280, 4.2.1.14", candidate -> candidate.extension(Extension.inhibitAnyPolicy).filter(one -> !one.isCritical()).isEmpty()),
        rule("private-key-usage-period-left-out", "RFC 5280, 4.2.1 (no longer standard)", candidate -> candidate.extension(Extension.privateKeyUsagePeriod).isEmpty()),
        rule("issuer-alternative-name-not-critical", "RFC 5280, 4.2.1.7", candidate -> isNotCritical(candidate, Extension.issuerAlternativeName)));

    private ExtensionRules() {
    }

    private static boolean isNotCritical(Candidate candidate, ASN1ObjectIdentifier type) {
        return candidate.extension(type).filter(Extension::isCritical).isEmpty();
    }

    private static Optional<byte[]> authorityKey(Candidate candidate) {
        return candidate.value(Extension.authorityKeyIdentifier, AuthorityKeyIdentifier::getInstance).map(AuthorityKeyIdentifier::getKeyIdentifierOctets);
    }

    private static boolean fitsIssuer(Candidate candidate) {
        Optional<byte[]> own = authorityKey(candidate);
        Optional<byte[]> above = candidate.issuer().map(issuer -> issuer.getExtensionValue(Extension.subjectKeyIdentifier.getId()))
            .map(value -> SubjectKeyIdentifier.getInstance(ASN1OctetString.getInstance(value).getOctets()).getKeyIdentifier());
        return own.isEmpty() || above.isEmpty() || Arrays.equals(own.get(), above.get());
    }
}
