package antin.directory.password;

import java.security.SecureRandom;
import java.util.List;

/** A random password that fits everybody, to be read to somebody over the telephone and changed at the next login. */
public final class TemporaryPassword {

    /** Without letters and digits that look alike. */
    private static final String LOWER = "abcdefghjkmnpqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String DIGITS = "23456789";
    private static final List<String> CLASSES = List.of(LOWER, UPPER, DIGITS);
    private static final int GROUP = 4;

    private TemporaryPassword() {
    }

    /** Three groups or more of four letters and digits and a hyphen between; at least 16 characters, and 14 of them give more than 70 bits. */
    public static String generate(PasswordPolicy policy, SecureRandom random) {
        String characters = String.join("", CLASSES);
        int length = Math.max(16, policy.shortestAdministrator());
        String password;
        do {
            StringBuilder text = new StringBuilder();
            while (text.length() < length) {
                text.append(text.length() % (GROUP + 1) == GROUP ? '-' : characters.charAt(random.nextInt(characters.length())));
            }
            password = text.toString();
        } while (CharacterClasses.in(password) < CharacterClasses.all().size()); // a word of its owner is in one of millions, and then refused
        return password;
    }
}
