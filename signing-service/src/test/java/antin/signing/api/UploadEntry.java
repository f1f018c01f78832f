package antin.signing.api;

import antin.signing.WorkFolder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.function.Supplier;

/** A multipart body: of one document with all parts that some operation knows, and of a batch. */
public final class UploadEntry {

    private static final int LARGEST = 1 << 20;
    private static final int MOST = 10;

    private UploadEntry() {
    }

    public static void read(Supplier<HttpServletRequest> request, WorkFolder folder) {
        try (Upload upload = Upload.read(request.get(), folder, LARGEST, Set.of("options", "password"), Set.of("document", "original", "image"))) {
            upload.document();
        }
    }

    public static void readBatch(Supplier<HttpServletRequest> request, WorkFolder folder) {
        BatchUpload.read(request.get(), folder, LARGEST, 2L * LARGEST, MOST, options -> { }, document -> { });
    }
}
