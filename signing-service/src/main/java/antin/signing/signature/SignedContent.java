package antin.signing.signature;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a signature is over. Names come from the document, and nobody vouches for them unless the signature is valid.
 *
 * @param name     of a file, the Id of an element or of a signature; null for the document itself
 * @param revision of a PDF; null for others
 */
public record SignedContent(Kind kind, @Nullable String name, @Nullable Revision revision) {

    /** What it is. */
    public enum Kind { DOCUMENT, REVISION, ELEMENT, FILE, SIGNATURE }

    /**
     * Of the revisions of a PDF that end with a signature or time stamp, and the last, whatever it ends with.
     *
     * @param number from 1
     * @param of     how many there are
     * @param octets that the signature is over: all of the revision but its own value
     * @param length of the document as it is now, in octets
     */
    public record Revision(int number, int of, long octets, long length) {
    }

    public static SignedContent document() {
        return new SignedContent(Kind.DOCUMENT, null, null);
    }

    public static SignedContent of(Revision revision) {
        return new SignedContent(Kind.REVISION, null, revision);
    }

    /** By the URI of a reference (W3C XML Signature 1.1, 4.4.3.1): empty for the document, a fragment for an element, else a file's name. */
    public static SignedContent ofReference(String uri) {
        if (uri.isEmpty() || uri.equals("#xpointer(/)")) {
            return document();
        }
        return uri.startsWith("#") ? new SignedContent(Kind.ELEMENT, uri.substring(1), null) : new SignedContent(Kind.FILE, uri, null);
    }
}
