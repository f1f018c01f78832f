package antin.signing.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

/** RFC 9110, 12.5.1, where the answer's type depends on what was asked: refused before the key is used, not after. */
final class Accept {

    private Accept() {
    }

    static void check(HttpServletRequest request, MediaType answer) throws HttpMediaTypeNotAcceptableException {
        List<String> headers = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        try {
            if (!headers.isEmpty() && MediaType.parseMediaTypes(headers).stream().noneMatch(answer::isCompatibleWith)) {
                throw new HttpMediaTypeNotAcceptableException(List.of(answer));
            }
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotAcceptableException(List.of(answer));
        }
    }
}
