package antin.signing.signature;

import java.nio.file.Path;

/** What came out of a signature: a file in the work folder, which its receiver removes. */
public record SignedDocument(Path file, String name, String mediaType) {
}
