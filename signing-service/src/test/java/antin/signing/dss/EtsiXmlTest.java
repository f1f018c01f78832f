package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestDocuments;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.EtsiReport;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import antin.signing.signature.ValidationReport.SignatureReport;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.validationreport.ValidationReportFacade;
import eu.europa.esig.validationreport.jaxb.ValidationReportType;
import eu.europa.esig.validationreport.jaxb.ValidationStatusType;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EtsiXmlTest {

    private static final TestPki PKI = new TestPki();
    private static final TestSigning SIGNING = new TestSigning(PKI);

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @Test
    void saysWhatDssAndWeAgreeOn() throws Exception {
        byte[] signed = SIGNING.pdf(5_000, SignatureLevel.LTA, SignatureAlgorithm.ECDSA_SHA256, TestKey.ec(PKI));
        EtsiReport good = SIGNING.validation.validateForPrograms(SIGNING.document("a.pdf", signed), List.of());
        assertThat(good.report().conclusion()).isEqualTo(Conclusion.VALID);
        ValidationReportType report = read(good.xml());
        assertThat(report.getSignatureValidationReport()).hasSize(1);
        assertThat(report.getSignatureValidationReport().getFirst().getSignerInformation()).isNotNull();
        assertThat(status(report).getMainIndication()).isEqualTo(Indication.TOTAL_PASSED);
        signed[600] ^= 1;
        ValidationStatusType broken = status(read(SIGNING.validation.validateForPrograms(SIGNING.document("a.pdf", signed), List.of()).xml()));
        assertThat(broken.getMainIndication()).isEqualTo(Indication.TOTAL_FAILED);
        assertThat(broken.getSubIndication()).containsExactly(SubIndication.HASH_FAILURE);
    }

    @Test
    void saysWhatWeFoundWhereDssFoundNothing() throws Exception {
        byte[] signed = SIGNING.pdf(5_000, SignatureLevel.B, SignatureAlgorithm.ECDSA_SHA256, TestKey.ec(PKI));
        EtsiReport good = SIGNING.validation.validateForPrograms(SIGNING.document("a.pdf", signed), List.of());
        SignatureReport found = good.report().signatures().getFirst();
        ValidationReport ours = new ValidationReport(List.of(report(found.id(), Conclusion.INVALID, "TOTAL_FAILED", "CONTENT_COVERED")));
        String xml = EtsiXml.of(read(good.xml()), ours);
        assertThat(status(read(xml)).getMainIndication()).isEqualTo(Indication.TOTAL_FAILED);
        assertThat(xml).contains(EtsiXml.REASON, "CONTENT_COVERED").doesNotContain("MainIndication>urn:etsi:019102:mainindication:total-passed");
        ValidationReport less = new ValidationReport(List.of(report(found.id(), Conclusion.INDETERMINATE, "INDETERMINATE", "NO_POE")));
        assertThat(status(read(EtsiXml.of(read(good.xml()), less))).getSubIndication()).containsExactly(SubIndication.NO_POE);
        assertThat(status(read(EtsiXml.of(read(good.xml()), new ValidationReport(List.of())))).getMainIndication()).as("unknown to us").isEqualTo(Indication.INDETERMINATE);
    }

    @Test
    void isMadeFromOursAloneAndStaysWellFormed() throws Exception {
        String xml = EtsiXml.of(new ValidationReport(List.of(report("ký\u0001 <1>", Conclusion.VALID, "TOTAL_PASSED", ""), report("2", Conclusion.INVALID, "TOTAL_FAILED", "HASH_FAILURE"))));
        ValidationReportType report = read(xml);
        assertThat(status(report).getMainIndication()).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.getSignatureValidationReport().getFirst().getSignatureIdentifier().getDAIdentifier()).isEqualTo("ký\uFFFD <1>");
        assertThat(report.getSignatureValidationReport().get(1).getSignatureValidationStatus().getSubIndication()).containsExactly(SubIndication.HASH_FAILURE);
    }

    @Test
    void tellsOfEachWhereTwoAreCalledTheSame() throws Exception {
        ValidationReportType report = read(EtsiXml.of(new ValidationReport(List.of(report("a", Conclusion.INVALID, "TOTAL_FAILED", "HASH_FAILURE"), report("a", Conclusion.VALID, "TOTAL_PASSED", "")))));
        assertThat(report.getSignatureValidationReport()).extracting(one -> one.getSignatureValidationStatus().getMainIndication()).containsExactly(Indication.TOTAL_FAILED, Indication.TOTAL_PASSED);
    }

    @Test
    void tellsOfADocumentWithoutSignatures() throws Exception {
        ValidationStatusType status = status(read(SIGNING.validation.validateForPrograms(SIGNING.document("a.pdf", TestDocuments.pdf(5_000)), List.of()).xml()));
        assertThat(status.getMainIndication()).isEqualTo(Indication.NO_SIGNATURE_FOUND);
    }

    private static ValidationStatusType status(ValidationReportType report) {
        return report.getSignatureValidationReport().getFirst().getSignatureValidationStatus();
    }

    private static SignatureReport report(String id, Conclusion conclusion, String indication, String reason) {
        return new SignatureReport(id, conclusion, indication, null, "PAdES-BASELINE-B", null, null, null, null, Coverage.WHOLE, List.of(), reason.isEmpty() ? List.of() : List.of(reason));
    }

    /** By the schema of TS 119 102-2 1.4.1, which refuses what does not conform. */
    private static ValidationReportType read(String xml) throws Exception {
        return ValidationReportFacade.newFacade().unmarshall(xml, true);
    }
}
