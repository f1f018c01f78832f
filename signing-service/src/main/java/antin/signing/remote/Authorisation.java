package antin.signing.remote;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * Leave to sign.
 *
 * @param id            a hash of what the client holds
 * @param client        who may use it: a client's id, and after a colon the number of the person for whom it asks
 * @param credential    the key's name
 * @param hashAlgorithm by the JDK's name
 * @param signatures    how many, at most as many as there are hashes
 * @param hashes        different from one another
 */
public record Authorisation(String id, String client, String credential, String hashAlgorithm, int signatures, List<byte[]> hashes, Instant expires) {

    /** How many hashes one may be for. */
    public static final int MOST_HASHES = 100;

    /** @throws Problem {@code MALFORMED_REQUEST} where that cannot be */
    public Authorisation {
        hashes = List.copyOf(hashes);
        TreeSet<String> different = new TreeSet<>();
        hashes.forEach(hash -> different.add(HexFormat.of().formatHex(hash)));
        if (hashes.isEmpty() || hashes.size() > MOST_HASHES || different.size() != hashes.size()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "An authorisation is for 1 to " + MOST_HASHES + " hashes, each different.");
        }
        if (signatures < 1 || signatures > hashes.size()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "numSignatures must be from 1 to the number of hashes.");
        }
    }
}
