package antin.signing.deferred;

import antin.signing.signature.Particulars;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Particulars in a row: as JSON, nothing where there are none. */
final class Keeping {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Keeping() {
    }

    static String text(Particulars particulars) {
        return particulars.equals(Particulars.NONE) ? "" : JSON.writeValueAsString(particulars);
    }

    static Particulars particulars(@Nullable String text) {
        return text == null ? Particulars.NONE : JSON.readValue(text, Particulars.class);
    }
}
