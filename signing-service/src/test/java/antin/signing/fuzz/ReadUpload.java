package antin.signing.fuzz;

import antin.signing.api.UploadEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A multipart body, of one document and of a batch. */
public final class ReadUpload {

    private static final String TYPE = "multipart/form-data; boundary=xxxx";
    private static final String END = "\r\n--xxxx--\r\n";

    private ReadUpload() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ReadUpload::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> UploadEntry.read(() -> Sent.of(TYPE, data), City.once().folder));
        Contract.hold(() -> UploadEntry.readBatch(() -> Sent.of(TYPE, data), City.once().folder));
    }

    static List<byte[]> seeds() {
        return List.of((part("options", "").strip() + "\r\n\r\n" + "{\"key\":\"a\"}" + part("document", "; filename=\"q\u0111.xml\"\r\nContent-Type: application/xml") + "<a/>" + END).getBytes(StandardCharsets.UTF_8),
            (part("document", "; filename*=UTF-8''qd.pdf") + "%PDF-1.4" + part("document", "; filename=\"a\0b\"") + "b" + part("hook", "") + "h" + END).getBytes(StandardCharsets.UTF_8));
    }

    private static String part(String name, String more) {
        return "\r\n--xxxx\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n";
    }
}
