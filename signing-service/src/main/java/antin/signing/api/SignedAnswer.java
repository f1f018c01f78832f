package antin.signing.api;

import antin.signing.signature.SignedDocument;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/** A signed document as the body of an answer. */
final class SignedAnswer {

    private SignedAnswer() {
    }

    /** @param location where it is remembered */
    static void write(SignedDocument document, int status, String location, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.LOCATION, location);
        write(document, status, response);
    }

    static void write(SignedDocument document, int status, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(document.mediaType());
        response.setContentLengthLong(Files.size(document.file()));
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition(document.name()));
        Files.copy(document.file(), response.getOutputStream());
    }

    /** ASCII throughout: the plain name for programs that know no other (RFC 6266, appendix D), and the whole name beside it (RFC 8187). */
    private static String disposition(String name) {
        String whole = ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString();
        return "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"; " + whole.substring(whole.indexOf("filename*="));
    }
}
