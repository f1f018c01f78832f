package antin.ca.external;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What is signed to show that a certificate's key is at hand: random, and bound to owner, certificate and purpose, so that it proves nothing else to anybody.
 *
 * @param owner             the person's number, or an agency's id
 * @param purpose           such as {@code signing}
 * @param certificateSha256 of the certificate in DER
 */
public record Challenge(String id, String owner, String purpose, String certificateSha256, byte[] random, Instant ends) {

    public Challenge {
        random = random.clone();
    }

    /** Text, so that who signs may read it; no document begins so. */
    public byte[] toBeSigned() {
        return ("antin certificate registration v1\nowner: " + owner + "\npurpose: " + purpose + "\ncertificate: " + certificateSha256 + "\nchallenge: " + HexFormat.of().formatHex(random) + '\n')
            .getBytes(StandardCharsets.UTF_8);
    }
}
