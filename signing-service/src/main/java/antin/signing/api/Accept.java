package antin.signing.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

/** RFC 9110, 12.5.1, where the answer's type depends on what was asked: refused before the key is used, not after. */
final class Accept {

    private Accept() {
    }

    /** The one of these that is liked best (RFC 9110, 12.4.2); the first of those that are liked alike. */
    static MediaType choose(HttpServletRequest request, List<MediaType> offered) throws HttpMediaTypeNotAcceptableException {
        List<String> headers = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        try {
            List<MediaType> ranges = headers.isEmpty() ? List.of(MediaType.ALL) : MediaType.parseMediaTypes(headers);
            MediaType best = offered.stream().max(Comparator.comparingDouble((MediaType type) -> quality(ranges, type)).thenComparing(type -> -offered.indexOf(type))).orElseThrow();
            if (quality(ranges, best) > 0) {
                return best;
            }
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotAcceptableException(offered);
        }
        throw new HttpMediaTypeNotAcceptableException(offered);
    }

    /** By the most specific range that names it. */
    private static double quality(List<MediaType> ranges, MediaType type) {
        return ranges.stream().filter(range -> range.includes(type))
            .min(Comparator.comparing((MediaType range) -> range.isWildcardType()).thenComparing(MediaType::isWildcardSubtype)).map(MediaType::getQualityValue).orElse(0d);
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
