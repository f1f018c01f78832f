package antin.signing.pdf;

/** What speaks against a signature in a PDF although its value holds. The names are codes in reports. */
public enum PdfFinding {

    /** {@code /ByteRange} is not all of a revision but the signature's own value (ISO 32000-2, 12.8.1). */
    BYTE_RANGE_FORGED,
    /** Octets after the signed revision that are no update of it (7.5.6). */
    CONTENT_OUTSIDE_SIGNATURE,
    /** An update cannot be read for certain, so two readers may see two documents. */
    REVISION_UNREADABLE,
    /** Pages were added, removed, or put in another order. */
    PAGES_CHANGED,
    /** What a page shows was changed. */
    PAGE_CHANGED,
    /** The document's catalog, encryption or identifier was changed. */
    CATALOG_CHANGED,
    /** An object that was signed was replaced or removed. */
    OBJECT_CHANGED,
    /** A form, or a value that was there when it was signed, was changed. */
    FORM_CHANGED,
    /** Something was laid on a page. */
    ANNOTATION_ADDED,
    /** A field was added that carries no signature over the document. */
    FIELD_ADDED,
    /** A later signature's picture covers so much of a page that it hides what was signed. */
    PAGE_COVERED,
    /** Who certified the document, or a lock, does not allow the change (12.8.2.2 and 12.8.2.4). */
    CHANGE_FORBIDDEN
}
