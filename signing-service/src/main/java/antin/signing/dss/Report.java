package antin.signing.dss;

import antin.signing.pdf.StrictPdf.Verdict;
import antin.signing.signature.PersonNumber;
import antin.signing.signature.SignedContent;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import antin.signing.signature.ValidationReport.SignatureReport;
import antin.signing.signature.ValidationReport.Signer;
import eu.europa.esig.dss.diagnostic.CertificateWrapper;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureScopeType;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.simplereport.jaxb.XmlTimestamp;
import eu.europa.esig.dss.validation.reports.Reports;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
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

    /** @param strict what our own layer says of signatures in a PDF; null for other documents. It may only turn valid into invalid
     *  @param apart  whether the content lies in files: of a container, or sent beside */
    static ValidationReport of(Reports reports, Trust trust, @Nullable PdfVerdicts strict, boolean apart) {
        return new ValidationReport(reports.getSimpleReport().getSignatureIdList().stream().map(reports.getDiagnosticData()::getSignatureById)
            .map(signature -> signature(signature, reports, trust, strict == null ? null : strict.of(signature), Contents.of(signature, strict, apart))).toList());
    }

    private static SignatureReport signature(SignatureWrapper signature, Reports reports, Trust trust, @Nullable Verdict strict, List<SignedContent> content) {
        String id = signature.getId();
        SimpleReport simple = reports.getSimpleReport();
        SubIndication sub = simple.getSubIndication(id);
        List<String> reasons = new ArrayList<>(sub == null ? List.of() : List.of(sub.name()));
        Indication indication = simple.getIndication(id);
        if (conclusion(indication) != Conclusion.VALID) {
            ChainFaults.of(signature, reports.getDetailedReport(), reports.getDiagnosticData().getValidationDate()).forEach(fault -> reasons.add(fault.name()));
        }
        if (strict != null && !strict.against().isEmpty()) {
            strict.against().forEach(finding -> reasons.add(finding.name()));
            indication = Indication.TOTAL_FAILED;
        }
        Optional<TimestampWrapper> proof = proof(signature, simple);
        return new SignatureReport(id, conclusion(indication), indication.name(), sub == null ? null : sub.name(),
            signature.getSignatureFormat().toString(), signer(signature.getSigningCertificate(), trust), instant(signature.getClaimedSigningTime()),
            proof.map(TimestampWrapper::getProductionTime).map(Date::toInstant).orElse(null), proof.map(Report::maker).orElse(null),
            strict == null ? coverage(signature) : strict.changed() ? Coverage.REVISION : Coverage.WHOLE, content, reasons);
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

    private static Coverage coverage(SignatureWrapper signature) {
        boolean part = signature.getSignatureScopes().isEmpty()
            || signature.getSignatureScopes().stream().anyMatch(scope -> scope.getScope() == SignatureScopeType.PARTIAL);
        return part ? Coverage.PART : Coverage.WHOLE;
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
