package antin.otp.policy;

import java.util.Arrays;
import java.util.Optional;

/** How sure a login is: OpenID Connect's {@code acr}, lowest first. */
public enum Level {
    TWO_FACTORS("urn:antin:acr:two-factors"),
    /** One of the factors cannot be passed on to a false page. */
    PHISHING_RESISTANT("urn:antin:acr:phishing-resistant");

    private final String name;

    Level(String name) {
        this.name = name;
    }

    /** The claim's value. */
    public String acr() {
        return name;
    }

    public static Optional<Level> of(String acr) {
        return Arrays.stream(values()).filter(level -> level.name.equals(acr)).findFirst();
    }
}
