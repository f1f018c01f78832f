package antin.signing.fuzz;

import antin.signing.cms.EnvelopeEntry;
import java.util.List;

/** An encrypted letter, down to what its key agreement gives. */
public final class ReadEnvelope {

    private ReadEnvelope() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ReadEnvelope::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> EnvelopeEntry.read(data, City.once().key));
    }

    static List<byte[]> seeds() {
        return EnvelopeEntry.seeds(City.once().key.chain().getFirst(), City.CONTENT);
    }
}
