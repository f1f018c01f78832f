package antin.signing.fuzz;

import antin.signing.dss.ListEntry;
import java.util.List;

/** A trusted list. Where it is believed, it names the authority that its operator listed. */
public final class ReadList {

    private static final class Once {
        private static final ListEntry ENTRY = new ListEntry(City.once().pki);
    }

    private ReadList() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ReadList::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> {
            if (!List.of(City.once().pki.issuing.certificate()).containsAll(Once.ENTRY.believed(data))) {
                throw new AssertionError("Believes an authority that nobody listed");
            }
        });
    }

    static List<byte[]> seeds() {
        return Once.ENTRY.seeds();
    }
}
