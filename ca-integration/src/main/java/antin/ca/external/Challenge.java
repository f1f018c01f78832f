package antin.ca.external;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What is signed to show that a certificate's key is at hand: random, and bound to owner, certificate and purpose, so that it proves nothing else to anybody.
 *
 * @param owner       the person's number, or an agency's id
 * @param asker       the number of the person who asked, who alone may answer
 * @param purpose     such as {@code signing}
 * @param certificate in DER
 * @param ends        in whole seconds
 */
public record Challenge(String id, String owner, String asker, String purpose, byte[] certificate, byte[] random, Instant ends) {

    public Challenge {
        certificate = certificate.clone();
        random = random.clone();
    }

    /** Text, so that who signs may read it; no document begins so. Its lines end as programs that sign text would have them end (RFC 8551, 3.1.1). */
    public byte[] toBeSigned() {
        return ("antin certificate registration v1\nowner: " + owner + "\nasked by: " + asker + "\npurpose: " + purpose + "\ncertificate: " + OutsideCertificate.sha256(certificate)
            + "\nvalid until: " + ends + "\nchallenge: " + HexFormat.of().formatHex(random) + '\n').replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
