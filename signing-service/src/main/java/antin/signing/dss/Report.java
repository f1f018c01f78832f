package antin.signing.dss;

import antin.signing.signature.PersonNumber;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import antin.signing.signature.ValidationReport.SignatureReport;
import antin.signing.signature.ValidationReport.Signer;
import eu.europa.esig.dss.diagnostic.CertificateWrapper;
import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.PDFRevisionWrapper;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureScopeType;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.simplereport.jaxb.XmlTimestamp;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** DSS's reports in our words. */
final class Report {

    private Report() {
    }

    static ValidationReport of(SimpleReport simple, DiagnosticData data, Trust trust) {
        return new ValidationReport(simple.getSignatureIdList().stream().map(id -> signature(id, simple, data.getSignatureById(id), trust)).toList());
    }

    private static SignatureReport signature(String id, SimpleReport simple, SignatureWrapper signature, Trust trust) {
        Indication indication = simple.getIndication(id);
        SubIndication sub = simple.getSubIndication(id);
        Optional<TimestampWrapper> proof = proof(signature, simple);
        return new SignatureReport(id, conclusion(indication), indication.name(), sub == null ? null : sub.name(),
            signature.getSignatureFormat().toString(), signer(signature.getSigningCertificate(), trust), instant(signature.getClaimedSigningTime()),
            proof.map(TimestampWrapper::getProductionTime).map(Date::toInstant).orElse(null), proof.map(Report::maker).orElse(null), coverage(signature),
            sub == null ? List.of() : List.of(sub.name()));
    }

    static Conclusion conclusion(Indication indication) {
        return switch (indication) {
            case TOTAL_PASSED, PASSED -> Conclusion.VALID;
            case TOTAL_FAILED, FAILED -> Conclusion.INVALID;
            default -> Conclusion.INDETERMINATE;
        };
    }

    private static @Nullable Signer signer(@Nullable CertificateWrapper certificate, Trust trust) {
        if (certificate == null) {
            return null;
        }
        String unit = certificate.getOrganizationalUnit() != null ? certificate.getOrganizationalUnit() : certificate.getOrganizationName();
        return new Signer(certificate.getCommonName(), unit, certificate.getEmail(), new BigInteger(certificate.getSerialNumber()),
            String.valueOf(certificate.getCertificateIssuerDN()), trust.isOfCity(certificate.getCertificateChain().stream().map(CertificateWrapper::getId))
                ? PersonNumber.of(certificate.getCertificateDN()).orElse(null) : null);
    }

    /** The earliest time stamp over the signature that is itself intact, and by an authority that is trusted: anybody can make others. */
    private static Optional<TimestampWrapper> proof(SignatureWrapper signature, SimpleReport simple) {
        Set<String> passed = simple.getSignatureTimestamps(signature.getId()).stream().filter(stamp -> stamp.getIndication() == Indication.PASSED)
            .map(XmlTimestamp::getId).collect(Collectors.toSet());
        return signature.getAllTimestampsProducedAfterSignatureCreation().stream()
            .filter(stamp -> stamp.isMessageImprintDataIntact() && stamp.isSignatureIntact() && passed.contains(stamp.getId()))
            .min(Comparator.comparing(TimestampWrapper::getProductionTime));
    }

    private static @Nullable String maker(TimestampWrapper stamp) {
        CertificateWrapper authority = stamp.getSigningCertificate();
        return authority == null ? null : authority.getCommonName();
    }

    /** Later revisions that only add time stamps and validation data leave the signature over the whole document. */
    private static Coverage coverage(SignatureWrapper signature) {
        PDFRevisionWrapper revision = signature.getPDFRevision();
        if (revision != null) {
            boolean changed = !revision.getPdfSignatureOrFormFillChanges().isEmpty() || !revision.getPdfAnnotationChanges().isEmpty()
                || !revision.getPdfUndefinedChanges().isEmpty();
            return changed ? Coverage.REVISION : Coverage.WHOLE;
        }
        boolean part = signature.getSignatureScopes().isEmpty()
            || signature.getSignatureScopes().stream().anyMatch(scope -> scope.getScope() == SignatureScopeType.PARTIAL);
        return part ? Coverage.PART : Coverage.WHOLE;
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
