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

    private Strictness() {
    }

    static ValidationReport applied(ValidationReport report, DiagnosticData data, DocumentKind kind, Document document) {
        Map<String, Set<Objection>> byId = kind == DocumentKind.XML ? StrictXml.objections(document) : Map.of();
        return new ValidationReport(report.signatures().stream().map(one -> one.but(objections(one, data.getSignatureById(one.id()), byId))).toList());
    }

    private static Set<Objection> objections(SignatureReport report, SignatureWrapper signature, Map<String, Set<Objection>> byId) {
        Set<Objection> found = EnumSet.noneOf(Objection.class);
        Set<Objection> own = byId.get(String.valueOf(signature.getDAIdentifier()));
        if (own != null) {
            found.addAll(own);
        } else {
            byId.values().forEach(found::addAll); // one that cannot be told from the others answers for all
        }
        return found;
    }
}
