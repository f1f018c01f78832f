package antin.signing.signature;

/** Time stamps over digests, by the time-stamp service that this service trusts. Safe for use by many threads. */
public interface TimeStamps {

    /**
     * Returns a time-stamp response (RFC 3161, 2.4.2) over a digest, in DER.
     *
     * @param digestAlgorithm by the JDK's name: {@code SHA-256}, {@code SHA-384} or {@code SHA-512}
     * @throws antin.kernel.Problem {@code PEER_UNAVAILABLE} where the service does not answer
     */
    byte[] stamp(String digestAlgorithm, byte[] digest);
}
