package antin.bridge;

import antin.bridge.origin.Policy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The extension that started this program, as the browser tells in the arguments: Chromium gives its origin, Firefox the path of the host's manifest and the extension's identity. The browser checks the
 * manifest too; this holds where somebody has written a wider one.
 */
record Caller(String extension) {

    private static final String CHROMIUM = "chrome-extension://";

    /** Ours for Chromium (from the key in its manifest) and Firefox. */
    private static final Set<String> OURS = Set.of("holkmfkhkceanfgldnilgehligjmmgla", "token-bridge@antin.vn");
    /** Web eID's for Chrome, Edge and Firefox (web-eid-app, install/). */
    private static final Set<String> WEB_EID = Set.of("ncibgoaomkmdpilpocfeponihegamlic", "gnmckgbandlkacikdndelhfghdejfido", "{e68418bc-f2b0-4459-a9ea-3e72b6751b07}");

    /** Empty where no browser has started it. */
    static Optional<Caller> of(List<String> arguments) {
        for (String argument : arguments) {
            if (argument.startsWith(CHROMIUM) && argument.endsWith("/")) {
                return Optional.of(new Caller(argument.substring(CHROMIUM.length(), argument.length() - 1)));
            }
        }
        return arguments.size() >= 2 ? Optional.of(new Caller(arguments.get(1))) : Optional.empty();
    }

    /** Whether it speaks the Web eID protocol and no more. */
    boolean isWebEid() {
        return WEB_EID.contains(extension);
    }

    boolean isKnown(Policy policy) {
        return OURS.contains(extension) || isWebEid() || policy.extensions().contains(extension);
    }
}
