package antin.signing.fuzz;

import antin.signing.api.OptionsEntry;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;

/** The part options of a request, down to what each of them means. */
public final class ReadOptions {

    private ReadOptions() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ReadOptions::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> OptionsEntry.read(new String(data, StandardCharsets.UTF_8)));
    }

    static List<byte[]> seeds() {
        return List.of(
            ("{\"key\":\"a\",\"format\":\"PAdES\",\"level\":\"LTA\",\"packaging\":\"enveloped\",\"algorithm\":\"RSA-PSS-SHA256\",\"reason\":\"x\",\"location\":\"y\",\"field\":\"f\","
                + "\"certify\":\"no-changes\",\"layout\":{\"page\":1,\"left\":1.5,\"top\":2,\"width\":60,\"height\":30,\"text\":\"t\",\"size\":10,\"colour\":\"red\"}}").getBytes(StandardCharsets.UTF_8),
            ("{\"certificateChain\":[\"" + certificate() + "\"],\"format\":\"CAdES\",\"digest\":{\"algorithm\":\"SHA-256\",\"value\":\"AAAA\"}}").getBytes(StandardCharsets.UTF_8));
    }

    private static String certificate() {
        try {
            return Base64.getEncoder().encodeToString(City.once().key.chain().getFirst().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
