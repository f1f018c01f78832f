package antin.signing.csc;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import org.jspecify.annotations.Nullable;

/** Refusals in the words of the interface's specification (CSC API 2.0.0.2, 10.1), and how a problem is told there. */
public final class Refusals {

    private static final String PATH = "/csc/";

    private Refusals() {
    }

    /** Whether what is asked at this address speaks this interface. */
    public static boolean speaksHere(@Nullable String path) {
        return path != null && path.startsWith(PATH);
    }

    /** The member {@code error} for a status of HTTP. */
    public static String error(int status) {
        return switch (status) {
            case 401 -> "invalid_token";
            case 403, 429 -> "access_denied";
            case 503 -> "temporarily_unavailable";
            default -> status >= 500 ? "server_error" : "invalid_request";
        };
    }

    /** This interface knows one status for whatever is wrong with a request; those that say more in HTTP stay. */
    public static int status(int status) {
        return switch (status) {
            case 404, 409, 410, 422 -> 400;
            default -> status;
        };
    }

    static Problem missing(String parameter) {
        return new Problem(Kind.MALFORMED_REQUEST, "Missing (or invalid type) parameter " + parameter);
    }

    static Problem invalid(String parameter) {
        return new Problem(Kind.MALFORMED_REQUEST, "Invalid parameter " + parameter);
    }

    static Problem refusal(String description) {
        return new Problem(Kind.MALFORMED_REQUEST, description);
    }
}
