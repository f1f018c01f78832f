package antin.signing.attack;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What somebody sends to be validated. @param originals what a detached signature is said to be over */
record Sent(byte[] document, List<Original> originals) {

    /** A file by its name. */
    record Original(String name, byte[] octets) {
    }

    static Sent of(byte[] document) {
        return new Sent(document, List.of());
    }

    static Sent of(String document) {
        return of(document.getBytes(StandardCharsets.UTF_8));
    }

    static Sent of(byte[] document, String name, byte[] original) {
        return new Sent(document, List.of(new Original(name, original)));
    }
}
