package antin.signing.dss;

import antin.signing.signature.Document;
import antin.signing.signature.Objection;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.WeakKey;
import antin.signing.xml.StrictXml;
import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.signature.AdvancedSignature;
import eu.europa.esig.dss.validation.reports.Reports;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What we object to beyond DSS: it makes a valid signature invalid where readers could be misled, and never the other way round. */
final class Strictness {

    /** Where an Id would stand, for what is said of every signature. */
    static final String ALL = "*";

    private Strictness() {
    }

    /** @param signatures as DSS read them: their certificates have keys, its reports have none */
    static ValidationReport applied(ValidationReport report, Reports reports, List<AdvancedSignature> signatures, DocumentKind kind, Document document) {
        DiagnosticData data = reports.getDiagnosticData();
        StrictProofs proofs = new StrictProofs(data, reports.getDetailedReport());
        Set<String> weak = signatures.stream().flatMap(one -> one.getCertificateSource().getCertificates().stream()).filter(one -> WeakKey.is(one.getPublicKey())).map(CertificateToken::getDSSIdAsString)
            .collect(Collectors.toSet());
        Map<String, Set<Objection>> byId = switch (kind) {
            case XML -> StrictXml.objections(document);
            case CONTAINER -> StrictContainer.objections(document, data);
            case JWS -> Map.of(ALL, StrictJson.objections(document));
            case CMS -> Map.of(ALL, StrictCms.objections(document));
            case PDF -> Map.of();
        };
        return new ValidationReport(report.signatures().stream().map(one -> one.but(objections(data.getSignatureById(one.id()), byId, proofs, weak))).toList());
    }

    private static Set<Objection> objections(SignatureWrapper signature, Map<String, Set<Objection>> byId, StrictProofs proofs, Set<String> weak) {
        Set<Objection> found = proofs.objections(signature);
        Set<Objection> own = byId.get(String.valueOf(signature.getDAIdentifier()));
        found.addAll(byId.getOrDefault(ALL, Set.of()));
        if (signature.getSigningCertificate() != null && !Purpose.isForDocuments(signature.getSigningCertificate())) {
            found.add(Objection.WRONG_PURPOSE);
        }
        if (signature.getCertificateChain().stream().anyMatch(one -> weak.contains(one.getId()))) {
            found.add(Objection.WEAK_KEY);
        }
        if (own != null) {
            found.addAll(own);
        } else {
            byId.values().forEach(found::addAll); // one that cannot be told from the others answers for all
        }
        return found;
    }
}
