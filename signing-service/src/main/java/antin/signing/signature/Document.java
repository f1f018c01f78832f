package antin.signing.signature;

import java.nio.file.Path;

/**
 * A file in the work folder.
 *
 * @param name   as its sender calls it, a plain file name; nothing is opened by it
 * @param sha256 in lower-case hexadecimal digits
 */
public record Document(Path file, String name, long size, String sha256) {
}
