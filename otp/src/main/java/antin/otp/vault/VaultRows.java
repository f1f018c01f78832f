package antin.otp.vault;

/**
 * A table whose rows rest on the vault's keys, so that a key can be retired. A bean of this type is brought over in the background at the start; safe for use by several
 * processes on one database.
 */
public interface VaultRows {

    /** For the log and the metric: {@code app-passwords}. */
    String name();

    /** Seals some rows under former keys anew, at most a few hundred; says how many. 0: nothing more can be done here and now. */
    int reseal();

    /** How many rows still rest on another key than the present one, those included that only their next use can bring over. */
    long underFormerKeys();
}
