package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import eu.europa.esig.dss.enumerations.CertificationPermission;
import eu.europa.esig.dss.pades.SignatureFieldParameters;
import eu.europa.esig.dss.pdf.PdfDocumentReader;
import eu.europa.esig.dss.pdf.PdfPermissionsChecker;
import eu.europa.esig.dss.pdf.SigFieldPermissions;

/** What a document itself allows, told in our words: its encryption's permissions, who certified it, and locks of signed fields. */
final class PdfRules extends PdfPermissionsChecker {

    /** ISO 32000-2, 7.6.4.2, table 22: bits 6 and 9, for whoever opens it with the user's password. */
    @Override
    public void checkDocumentPermissions(PdfDocumentReader reader, SignatureFieldParameters field) {
        boolean restricted = reader.isEncrypted() && !reader.isOpenWithOwnerAccess();
        if (restricted && !(field.getFieldId() == null ? reader.canCreateSignatureField() : reader.canFillSignatureForm())) {
            throw refusal("With this password the document may not be signed: it does not permit its user to add or to fill form fields. The owner's password opens it for that.");
        }
    }

    /** ISO 32000-2, 12.8.2.2. */
    @Override
    protected boolean isDocumentChangeForbidden(CertificationPermission permission) {
        if (super.isDocumentChangeForbidden(permission)) {
            throw refusal("Whoever certified this document allows no change to it (DocMDP, P=1), a further signature among them.");
        }
        return false;
    }

    /** ISO 32000-2, 12.7.5.5 and 12.8.2.4. */
    @Override
    protected boolean isSignatureFieldCreationForbidden(SigFieldPermissions lock, String field) {
        if (super.isSignatureFieldCreationForbidden(lock, field)) {
            throw refusal("A signature that the document already has locks " + (field == null ? "its form fields" : "the field") + " against a further one (FieldMDP).");
        }
        return false;
    }

    private static Problem refusal(String detail) {
        return new Problem(Kind.SIGNATURE_FORBIDDEN, detail);
    }
}
