package antin.bridge.origin;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where a page comes from (RFC 6454), as a browser writes it: {@code https://host} or {@code https://host:port}. The value is exactly what is signed in a Web eID token. */
public record Origin(String value) {

    private static final int LONGEST = 255;
    private static final int HTTPS_PORT = 443;

    /** Refuses everything but a secure origin in its one form. */
    public static Origin of(String untrusted) {
        try {
            URI uri = new URI(untrusted);
            String host = uri.getHost();
            if (untrusted.length() <= LONGEST && "https".equals(uri.getScheme()) && host != null && uri.getPort() != HTTPS_PORT
                && untrusted.equals("https://" + host.toLowerCase(Locale.ROOT) + (uri.getPort() < 0 ? "" : ":" + uri.getPort()))) {
                return new Origin(untrusted);
            }
        } catch (URISyntaxException e) {
            throw new Refused(Reason.INVALID_ORIGIN, e);
        }
        throw new Refused(Reason.INVALID_ORIGIN);
    }

    @Override
    public String toString() {
        return value;
    }
}
