package antin.signing.seal;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;
import antin.signing.signature.Validation;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.SignatureReport;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * What must be there before a key may seal. Some keys seal only what somebody else has signed: an agency's seal goes on top of a
 * leader's signature (Decree 30/2020/ND-CP, article 13). Whether that somebody is the right leader is not known yet.
 */
public final class SealingRules {

    private final Set<String> keysAfterASignature;
    private final Validation validation;

    public SealingRules(Set<String> keysAfterASignature, Validation validation) {
        this.keysAfterASignature = Set.copyOf(keysAfterASignature);
        this.validation = validation;
    }

    void check(String key, X509Certificate certificate, Document untrusted) {
        if (!keysAfterASignature.contains(key)) {
            return;
        }
        List<SignatureReport> signatures = validation.validate(untrusted, List.of()).signatures();
        boolean signed = signatures.stream().anyMatch(report -> report.conclusion() == Conclusion.VALID && report.signer() != null
            && !report.signer().serial().equals(certificate.getSerialNumber()));
        if (!signed) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The key " + key + " seals only a document that somebody has signed validly before.");
        }
    }
}
