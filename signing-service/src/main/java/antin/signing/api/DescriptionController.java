package antin.signing.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The interface in OpenAPI 3.1, for whoever asks. */
@RestController
final class DescriptionController {

    private final byte[] document;

    DescriptionController() {
        try (InputStream in = DescriptionController.class.getResourceAsStream("/antin/signing/openapi.json")) {
            document = in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] description() {
        return document.clone();
    }
}
