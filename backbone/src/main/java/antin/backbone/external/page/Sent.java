package antin.backbone.external.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a form brings: its file where one was chosen, else its text. */
final class Sent {

    private Sent() {
    }

    /** One octet more than {@code largest} at most, so that who reads it sees that it is too much. */
    static byte[] read(HttpServletRequest request, String text, int largest) throws IOException, ServletException {
        String type = request.getContentType();
        Part file = type != null && type.startsWith("multipart/") ? request.getPart("file") : null;
        if (file == null || file.getSize() == 0) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try (InputStream untrustedFile = file.getInputStream()) {
            return untrustedFile.readNBytes(largest + 1);
        }
    }
}
