package antin.signing.fuzz;

import antin.signing.signature.Packaging;
import java.util.List;

/** A signed document of any kind, with an original beside it. */
public final class ValidateAny {

    private ValidateAny() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ValidateAny::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> Contract.sameVerdict(City.once().validateForPrograms(data, City.CONTENT)));
    }

    static List<byte[]> seeds() {
        return List.of(City.once().sign("CAdES", Packaging.DETACHED, City.CONTENT), City.once().sign("XAdES", Packaging.DETACHED, City.CONTENT),
            City.once().sign("JAdES", Packaging.DETACHED, City.CONTENT), City.once().sign("ASiC-S", Packaging.DETACHED, City.CONTENT));
    }
}
