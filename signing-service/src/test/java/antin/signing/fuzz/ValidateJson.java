package antin.signing.fuzz;

import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.ValidationReport.Conclusion;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** JAdES, compact. Where the signature holds, its payload is what was signed. */
public final class ValidateJson {

    private ValidateJson() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ValidateJson::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> {
            if (City.once().validate(City.once().dss, data).conclusion() == Conclusion.VALID) {
                Contract.sameContent(Octets.isPayload(data, City.CONTENT));
            }
        });
    }

    static List<byte[]> seeds() {
        return List.of(City.once().sign("JAdES", Packaging.ENVELOPING, City.CONTENT), City.once().sign("JAdES", Packaging.ENVELOPING, City.CONTENT, SignatureLevel.LT),
            "{\"payload\":\"e30\",\"signatures\":[{\"protected\":\"e30\",\"signature\":\"AA\"}]}".getBytes(StandardCharsets.US_ASCII));
    }
}
