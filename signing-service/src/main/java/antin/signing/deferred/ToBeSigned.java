package antin.signing.deferred;

/** What a signer's device gets: the octets to be signed, or their digest where it takes digests. */
public record ToBeSigned(DeferredSignature signature, byte[] octets) {

    public ToBeSigned {
        octets = octets.clone();
    }

    @Override
    public byte[] octets() {
        return octets.clone();
    }
}
