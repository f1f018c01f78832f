package antin.backbone.scim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Which part of a list is asked for (RFC 7644, 3.4.2.4): from 1 on; what is below counts as the least. */
record Paging(int startIndex, int count) {

    static final int MOST = 200;

    static Paging parse(@Nullable String untrustedStart, @Nullable String untrustedCount) {
        return new Paging(Math.max(1, number("startIndex", untrustedStart, 1)), Math.clamp(number("count", untrustedCount, MOST), 0, MOST));
    }

    <T> List<T> of(List<T> all) {
        int from = Math.min(startIndex - 1, all.size());
        return all.subList(from, from + Math.min(count, all.size() - from));
    }

    private static int number(String name, @Nullable String untrustedText, int otherwise) {
        if (untrustedText == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(untrustedText);
        } catch (NumberFormatException e) {
            throw new ScimRefusal(HttpStatus.BAD_REQUEST, "invalidValue", name + " is a whole number.");
        }
    }
}
