package antin.signing.signature;

import org.jspecify.annotations.Nullable;

/**
 * What some formats alone know; a format refuses what it does not.
 *
 * @param field   PDF: the empty signature field that takes the signature; null for a new one
 * @param certify PDF: what may still be done to the document; null for a signature that certifies nothing
 * @param layout  PDF: how the signature is seen; null for one that is not
 * @param element XML-DSig: the Id of the element that is signed; null for the whole document
 */
public record Particulars(@Nullable String field, @Nullable Certification certify, @Nullable Layout layout, @Nullable String element) {

    public static final Particulars NONE = new Particulars(null, null, null, null);

    /** ISO 32000-2, 12.8.2.2: the first signature says what others may do later. */
    public enum Certification { NO_CHANGES, FORM_FILLING, ANNOTATIONS }
}
