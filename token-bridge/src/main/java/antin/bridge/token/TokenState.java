package antin.bridge.token;

/**
 * What a token tells of itself (PKCS#11 2.40, 3.2, CK_TOKEN_INFO). How many tries are left it tells in three steps only: {@code fewTries} after a wrong PIN, {@code lastTry}, {@code locked}.
 *
 * @param shortestPin in characters, at least 1
 * @param longestPin in characters
 */
public record TokenState(String label, String manufacturer, String model, String serial, boolean pinSet, boolean fewTries, boolean lastTry, boolean locked, boolean pinPad, boolean readOnly,
    int shortestPin, int longestPin) {
}
