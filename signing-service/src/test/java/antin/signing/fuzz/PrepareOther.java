package antin.signing.fuzz;

import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import java.util.List;

/** What is signed as it is, or beside what somebody signed before: JSON, CMS and containers. */
public final class PrepareOther {

    private PrepareOther() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(PrepareOther::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        for (String format : List.of("JAdES", "CAdES", "ASiC-S", "ASiC-E")) {
            Contract.hold(() -> City.once().prepare(format, format.equals("JAdES") ? Packaging.ENVELOPING : Packaging.DETACHED, data, Particulars.NONE));
        }
    }

    static List<byte[]> seeds() {
        return List.of(City.CONTENT, City.once().sign("JAdES", Packaging.ENVELOPING, City.CONTENT), City.once().sign("CAdES", Packaging.ENVELOPING, City.CONTENT),
            City.once().sign("ASiC-S", Packaging.DETACHED, City.CONTENT), City.once().sign("ASiC-E", Packaging.DETACHED, City.CONTENT));
    }
}
