package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The option {@code digest} in place of a document that stays with its owner, as sent.
 *
 * @param value base64
 * @param name  of the document; XAdES and JAdES name it in the signature
 */
record DigestOption(@Nullable String value, @Nullable String algorithm, @Nullable String name) {

    private static final Map<String, Integer> OCTETS = Map.of("SHA-256", 32, "SHA-384", 48, "SHA-512", 64);

    /** The receiver removes its file. */
    Document document(WorkFolder folder) {
        byte[] digest = octets();
        String hex = HexFormat.of().formatHex(digest);
        boolean usual = "SHA-256".equals(algorithm);
        Path file = folder.newFile();
        try {
            Files.write(file, digest);
        } catch (IOException e) {
            WorkFolder.remove(file);
            throw new UncheckedIOException(e);
        }
        return new Document(file, Upload.plainName(name), digest.length, usual ? hex : String.valueOf(algorithm).toLowerCase(Locale.ROOT) + ":" + hex, algorithm, null);
    }

    private byte[] octets() {
        try {
            if (value != null && algorithm != null) {
                byte[] digest = Base64.getDecoder().decode(value);
                if (OCTETS.getOrDefault(algorithm, 0) == digest.length) {
                    return digest;
                }
            }
        } catch (IllegalArgumentException e) {
            throw refusal(e);
        }
        throw refusal(null);
    }

    private static Problem refusal(@Nullable Exception cause) {
        return new Problem(Kind.MALFORMED_REQUEST, "The option \"digest\" must have a \"value\" in base64 and an \"algorithm\", SHA-256, SHA-384 or SHA-512, of the same length.", cause);
    }
}
