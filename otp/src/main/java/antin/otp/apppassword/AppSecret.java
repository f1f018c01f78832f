package antin.otp.apppassword;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * The password itself: 25 letters and digits of Base 32, 125 bits, shown as {@code abcde-fghij-klmno-pqrst-uvwxy}. So much
 * entropy cannot be guessed, with or without a slow hash.
 */
public record AppSecret(String letters) {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 25;
    private static final int GROUP = 5;

    public AppSecret {
        if (!letters.matches("[a-z2-7]{" + LENGTH + "}")) {
            throw new IllegalArgumentException("Not an app password");
        }
    }

    public static AppSecret random(SecureRandom random) {
        StringBuilder letters = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new AppSecret(letters.toString());
    }

    /** Reads what a person typed: groups or none, any case. Empty where it cannot be one. */
    public static Optional<AppSecret> typed(String typed) {
        if (typed.length() > 4 * LENGTH) {
            return Optional.empty();
        }
        String letters = typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        return letters.matches("[a-z2-7]{" + LENGTH + "}") ? Optional.of(new AppSecret(letters)) : Optional.empty();
    }

    /** For people's eyes. */
    public String grouped() {
        return letters.replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "AppSecret";
    }
}
