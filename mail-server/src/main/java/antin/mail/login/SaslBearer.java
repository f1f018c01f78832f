package antin.mail.login;

import antin.mail.login.Credentials.BearerToken;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The messages of the two mechanisms that carry an access token. */
final class SaslBearer {

    /** Three parts of base64url, as every signed JWT is (RFC 7515, 7.1); bounded. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,4096}\\.[A-Za-z0-9_-]{1,8192}\\.[A-Za-z0-9_-]{1,1024}");
    /** RFC 7628, 3.1, on RFC 5801, 4: no channel binding, and perhaps an authorization identity, in which "," and "=" are written =2C and =3D. */
    private static final Pattern GS2 = Pattern.compile("[ny],(?:a=((?:[^,=\\x00-\\x1f\\x7f]|=2C|=3D){1,512}))?,");
    private static final Pattern KEY = Pattern.compile("[A-Za-z]{1,32}");
    private static final Pattern SCHEME = Pattern.compile("(?i:Bearer) {1,4}(.*)");
    private static final String SEPARATOR = "\u0001";

    private SaslBearer() {
    }

    /** RFC 7628, 3.1: {@code n,a=user,^Ahost=...^Aport=...^Aauth=Bearer TOKEN^A^A}. Empty where it is malformed. */
    static Optional<BearerToken> oauthbearer(String message) {
        int end = message.indexOf(SEPARATOR);
        if (end < 0 || !message.endsWith(SEPARATOR + SEPARATOR)) {
            return Optional.empty();
        }
        Matcher header = GS2.matcher(message.substring(0, end));
        if (!header.matches() || message.length() < end + 3) {
            return Optional.empty();
        }
        Optional<String> user = Optional.ofNullable(header.group(1)).map(name -> name.replace("=2C", ",").replace("=3D", "="));
        return authorization(message.substring(end + 1, message.length() - 2)).map(token -> new BearerToken(user, token));
    }

    /** {@code user=USER^Aauth=Bearer TOKEN^A^A}. Empty where it is malformed. */
    static Optional<BearerToken> xoauth2(String message) {
        String[] parts = message.split(SEPARATOR, -1);
        if (parts.length != 4 || !parts[2].isEmpty() || !parts[3].isEmpty() || !parts[0].startsWith("user=") || !parts[1].startsWith("auth=")) {
            return Optional.empty();
        }
        String user = parts[0].substring("user=".length());
        return !SaslPlain.isName(user) ? Optional.empty() : token(parts[1].substring("auth=".length())).map(token -> new BearerToken(Optional.of(user), token));
    }

    /** The one {@code auth} among the pairs; two of them could be read in two ways, so they are none. */
    private static Optional<String> authorization(String pairs) {
        String found = null;
        for (String pair : pairs.split(SEPARATOR, -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0 || !KEY.matcher(pair.substring(0, equals)).matches()) {
                return Optional.empty();
            }
            if (pair.substring(0, equals).equals("auth")) {
                if (found != null) {
                    return Optional.empty();
                }
                found = pair.substring(equals + 1);
            }
        }
        return Optional.ofNullable(found).flatMap(SaslBearer::token);
    }

    private static Optional<String> token(String authorization) {
        Matcher bearer = SCHEME.matcher(authorization);
        return bearer.matches() && TOKEN.matcher(bearer.group(1)).matches() ? Optional.of(bearer.group(1)) : Optional.empty();
    }
}
