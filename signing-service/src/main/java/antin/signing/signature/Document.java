package antin.signing.signature;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file in the work folder, or the digest of one that stays with its owner.
 *
 * @param file     the document; where there is a {@code digestAlgorithm}, the octets of its digest and nothing else
 * @param name     as its sender calls it, a plain file name; nothing is opened by it
 * @param sha256   in lower-case hexadecimal digits; of a document that was not sent and has another digest, that digest after its name
 * @param digestAlgorithm by the JDK's name, such as {@code SHA-256}; null where the document itself is there
 * @param password opens an encrypted document; null for none
 */
public record Document(Path file, String name, long size, String sha256, @Nullable String digestAlgorithm, @Nullable Password password) {

    /** A document as it is. */
    public Document(Path file, String name, long size, String sha256) {
        this(file, name, size, sha256, null, null);
    }

    public boolean isDigestOnly() {
        return digestAlgorithm != null;
    }

    public Document openedBy(@Nullable Password secret) {
        return new Document(file, name, size, sha256, digestAlgorithm, secret);
    }
}
