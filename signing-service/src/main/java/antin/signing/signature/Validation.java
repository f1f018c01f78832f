package antin.signing.signature;

import java.util.List;

/** Says of every signature in a document whether it holds. Keeps nothing. Safe for use by many threads. */
public interface Validation {

    /**
     * @param originals what detached signatures are over; empty for others
     * @throws antin.kernel.Problem {@code MALFORMED_DOCUMENT} where the document is none of PDF, XML, CMS, JSON and ZIP container, or broken
     */
    ValidationReport validate(Document untrusted, List<Document> originals);

    /** As {@link #validate}, with the report that other programs read beside it. */
    EtsiReport validateForPrograms(Document untrusted, List<Document> originals);
}
