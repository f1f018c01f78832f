package antin.signing.seal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is remembered of a seal. The fields of the result are null until it is done. */
public record Seal(String id, String client, String requestDigest, State state, String key, String format, String level, String algorithm,
    String documentName, String documentSha256, @Nullable String certificate, @Nullable Result result, Instant begun, @Nullable Instant ended) {

    /** How far it came. */
    public enum State { BEGUN, DONE, FAILED }

    /** The sealed document; its octets are kept only for repeats. */
    public record Result(String name, String mediaType, String sha256, long size) {
    }
}
