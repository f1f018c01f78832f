package antin.ca.lint;

import static antin.ca.lint.Rule.rule;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Where others ask how the certificate stands. */
final class StatusRules {

    static final List<Rule> ALL = List.of(
        rule("crl-points-not-critical", "RFC 5280, 4.2.1.13", candidate -> candidate.extension(Extension.cRLDistributionPoints).filter(Extension::isCritical).isEmpty()),
        rule("crl-points-not-by-reasons-alone", "RFC 5280, 4.2.1.13", candidate -> points(candidate).allMatch(point -> point.getDistributionPoint() != null || point.getCRLIssuer() != null)),
        rule("crl-points-by-http-or-ldap", "ETSI EN 319 412-2, 4.3.11", candidate -> addresses(candidate).allMatch(StatusRules::isAddress)),
        rule("freshest-crl-not-critical", "RFC 5280, 4.2.1.15", candidate -> candidate.extension(Extension.freshestCRL).filter(Extension::isCritical).isEmpty()),
        rule("authority-information-not-critical", "RFC 5280, 4.2.2.1", candidate -> candidate.extension(Extension.authorityInfoAccess).filter(Extension::isCritical).isEmpty()),
        rule("authority-information-not-empty", "RFC 5280, 4.2.2.1", candidate -> candidate.value(Extension.authorityInfoAccess, AuthorityInformationAccess::getInstance)
            .filter(access -> access.getAccessDescriptions().length == 0).isEmpty()),
        rule("authority-information-by-http-or-ldap", "RFC 5280, 4.2.2.1", candidate -> descriptions(candidate).allMatch(one ->
            one.getAccessLocation().getTagNo() == GeneralName.uniformResourceIdentifier && isAddress(one.getAccessLocation().getName().toString()))),
        rule("no-check-not-critical", "RFC 6960, 4.2.2.2.1", candidate -> candidate.extension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck).filter(Extension::isCritical).isEmpty()),
        rule("no-check-of-ocsp-signers-only", "RFC 6960, 4.2.2.2.1", candidate -> candidate.extension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck).isEmpty()
            || candidate.purposes().contains(KeyPurposeId.id_kp_OCSPSigning)));

    private StatusRules() {
    }

    private static Stream<DistributionPoint> points(Candidate candidate) {
        return candidate.value(Extension.cRLDistributionPoints, CRLDistPoint::getInstance).stream().flatMap(list -> Stream.of(list.getDistributionPoints()));
    }

    private static Stream<String> addresses(Candidate candidate) {
        return points(candidate).map(DistributionPoint::getDistributionPoint).filter(name -> name != null && name.getType() == DistributionPointName.FULL_NAME)
            .flatMap(name -> Stream.of(GeneralNames.getInstance(name.getName()).getNames())).map(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier ? name.getName().toString() : "");
    }

    private static Stream<AccessDescription> descriptions(Candidate candidate) {
        return candidate.value(Extension.authorityInfoAccess, AuthorityInformationAccess::getInstance).stream().flatMap(access -> Stream.of(access.getAccessDescriptions()));
    }

    private static boolean isAddress(String text) {
        URI address = URI.create(text);
        return List.of("http", "https", "ldap").contains(String.valueOf(address.getScheme())) && address.getHost() != null;
    }
}
