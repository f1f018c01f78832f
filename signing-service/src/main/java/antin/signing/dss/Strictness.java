package antin.signing.dss;

import antin.signing.signature.Document;
import antin.signing.signature.Objection;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.SignatureReport;
import antin.signing.xml.StrictXml;
import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What we object to beyond DSS: it makes a valid signature invalid where readers could be misled, and never the other way round. */
final class Strictness {

    /** Where an Id would stand, for what is said of every signature. */
    static final String ALL = "*";

    private Strictness() {
    }

    static ValidationReport applied(ValidationReport report, DiagnosticData data, DocumentKind kind, Document document) {
        Map<String, Set<Objection>> byId = switch (kind) {
            case XML -> StrictXml.objections(document);
            case CONTAINER -> StrictContainer.objections(document, data);
            case JWS -> Map.of(ALL, StrictJson.objections(document));
            case CMS -> Map.of(ALL, StrictCms.objections(document));
            case PDF -> Map.of();
        };
        return new ValidationReport(report.signatures().stream().map(one -> one.but(objections(one, data.getSignatureById(one.id()), byId))).toList());
    }

    private static Set<Objection> objections(SignatureReport report, SignatureWrapper signature, Map<String, Set<Objection>> byId) {
        Set<Objection> found = EnumSet.noneOf(Objection.class);
        Set<Objection> own = byId.get(String.valueOf(signature.getDAIdentifier()));
        found.addAll(byId.getOrDefault(ALL, Set.of()));
        if (signature.getSigningCertificate() != null && !Purpose.isForDocuments(signature.getSigningCertificate())) {
            found.add(Objection.WRONG_PURPOSE);
        }
        if (own != null) {
            found.addAll(own);
        } else {
            byId.values().forEach(found::addAll); // one that cannot be told from the others answers for all
        }
        return found;
    }
}
