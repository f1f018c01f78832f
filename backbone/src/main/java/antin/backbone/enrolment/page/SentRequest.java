package antin.backbone.enrolment.page;

import antin.ca.enrol.RequestFile;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A request for a certificate as a form sends it: the file {@code file} where one was chosen, else the text. */
public final class SentRequest {

    private SentRequest() {
    }

    /** At most one byte more than may be. */
    public static byte[] of(HttpServletRequest request, String untrustedText) throws IOException, ServletException {
        String type = request.getContentType();
        Part file = type != null && type.startsWith("multipart/") ? request.getPart("file") : null;
        if (file == null || file.getSize() == 0) {
            return untrustedText.getBytes(StandardCharsets.UTF_8);
        }
        try (InputStream untrustedFile = file.getInputStream()) {
            return untrustedFile.readNBytes(RequestFile.LARGEST + 1);
        }
    }
}
