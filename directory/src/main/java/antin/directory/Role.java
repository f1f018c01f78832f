package antin.directory;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do beyond using their own mailbox and account. Administrators act for the part below their own unit. */
public enum Role {
    CITY_ADMINISTRATOR, DISTRICT_ADMINISTRATOR, COMMUNE_ADMINISTRATOR, AUDITOR, LEADER, CLERK, STAFF;

    /** As it is written in the directory, such as {@code city-administrator}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Empty for a word that this version does not know, which then gives no right. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equalsIgnoreCase(word)).findFirst();
    }
}
