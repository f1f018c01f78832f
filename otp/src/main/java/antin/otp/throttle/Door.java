package antin.otp.throttle;

import java.time.Duration;

/** Where somebody tries to get in. Each door counts for itself: a phone with an old password must not close the page. */
public enum Door {
    /** The directory password, on the page. */
    PASSWORD(Duration.ofSeconds(30)),
    /** The one-time code, after the password: only who knows that gets here, and six digits are few, so the account itself closes longer. */
    CODE(Duration.ofMinutes(15)),
    /** A passkey in place of the password, where the account is the credential: nothing is guessed, but each try costs a signature check and an audit line. */
    PASSKEY(Duration.ofSeconds(30)),
    /** App passwords, by mail-server. */
    MAIL(Duration.ofSeconds(30)),
    /** The code that a device shows and somebody types: few letters, so a few tries, from one address too; people seldom connect a device. */
    USER_CODE(Duration.ofMinutes(15), 20);

    private static final int AGENCY = 100;

    private final Duration longestForAccount;
    private final int freeOfAddress;

    Door(Duration longestForAccount) {
        this(longestForAccount, AGENCY);
    }

    Door(Duration longestForAccount, int freeOfAddress) {
        this.longestForAccount = longestForAccount;
        this.freeOfAddress = freeOfAddress;
    }

    /** One account from one address: the guesser and what they aim at. */
    Limit pair() {
        return new Limit(5, Duration.ofSeconds(2), Duration.ofMinutes(15));
    }

    /** One account from anywhere: a soft rate, since a stranger must not lock the owner out. */
    Limit account() {
        return new Limit(20, Duration.ofSeconds(1), longestForAccount);
    }

    /** One address at any account: a whole agency may share it. */
    Limit address() {
        return new Limit(freeOfAddress, Duration.ofSeconds(1), Duration.ofMinutes(5));
    }
}
