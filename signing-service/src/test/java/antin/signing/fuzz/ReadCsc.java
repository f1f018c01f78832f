package antin.signing.fuzz;

import antin.signing.csc.CscEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bodies of the CSC interface, down to what their members mean. */
public final class ReadCsc {

    private ReadCsc() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ReadCsc::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> CscEntry.readHashes(Sent.of("application/json", data), City.once().key.chain().getFirst().getPublicKey()));
        Contract.hold(() -> CscEntry.readDocuments(Sent.of("application/json", data), City.once().formats));
    }

    static List<byte[]> seeds() {
        return List.of(("{\"credentialID\":\"a\",\"SAD\":\"b\",\"hashes\":[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"],\"hashAlgorithmOID\":\"2.16.840.1.101.3.4.2.1\",\"signAlgo\":\"1.2.840.10045.2.1\","
                + "\"signAlgoParams\":\"BQA=\",\"numSignatures\":1}").getBytes(StandardCharsets.UTF_8),
            ("{\"credentialID\":\"a\",\"documents\":[{\"document\":\"AAAA\",\"signature_format\":\"X\",\"conformance_level\":\"AdES-B-LT\",\"signed_envelope_property\":\"Detached\","
                + "\"signAlgo\":\"1.2.840.10045.4.3.2\",\"signed_props\":[]}],\"documentDigests\":[],\"operationMode\":\"S\",\"returnValidationInfo\":false}").getBytes(StandardCharsets.UTF_8),
            "{\"documents\":[null]}".getBytes(StandardCharsets.UTF_8));
    }
}
