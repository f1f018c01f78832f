package antin.backbone.scim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that is refused, as RFC 7644, 3.12 tells it. */
final class ScimRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final @Nullable String scimType;

    ScimRefusal(HttpStatus status, @Nullable String scimType, String safeDetail) {
        super(safeDetail, null, false, false);
        this.status = status;
        this.scimType = scimType;
    }

    HttpStatus status() {
        return status;
    }

    /** The status is a text there. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("schemas", List.of("urn:ietf:params:scim:api:messages:2.0:Error"));
        body.put("status", Integer.toString(status.value()));
        if (scimType != null) {
            body.put("scimType", scimType);
        }
        body.put("detail", getMessage());
        return body;
    }
}
