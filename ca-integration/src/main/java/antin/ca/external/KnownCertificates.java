package antin.ca.external;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which certificates of outside authorities are people's and agencies', for whoever prepares or validates their signatures. What it returns was good when its authority was last
 * asked ({@link Registered#checked()}), and is in time now; a signature asks again (Decree 68/2024, Article 29). Safe for use by many threads.
 */
public interface KnownCertificates {

    /** @param owner as {@link Owner#id()} */
    List<Registered> goodOf(String owner, Instant now);

    /** @param sha256 of the certificate in DER, hexadecimal in small letters */
    Optional<Registered> good(String sha256, Instant now);
}
