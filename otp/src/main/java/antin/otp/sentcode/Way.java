package antin.otp.sentcode;

import antin.otp.policy.Factor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a code is sent, and what a destination looks like. */
public enum Way {
    /** To a mail address: one {@code @}, ASCII, and nothing that a header could be built of. */
    MAIL(Factor.MAILED_CODE, Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,63}")),
    /** To a telephone number of ITU-T E.164: plus, country, number. */
    SMS(Factor.SMS_CODE, Pattern.compile("\\+[1-9][0-9]{7,14}"));

    private static final int LONGEST = 254; // RFC 5321, 4.5.3.1.3

    private final Factor factor;
    private final Pattern form;

    Way(Factor factor, Pattern form) {
        this.factor = factor;
        this.form = form;
    }

    public Factor factor() {
        return factor;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Way> of(String word) {
        return Arrays.stream(values()).filter(way -> way.word().equals(word)).findFirst();
    }

    /** As it is kept: a telephone number without spaces, and with Vietnam's prefix where it began with 0. Empty where it is none. */
    public Optional<String> destination(String typed) {
        String text = this == MAIL ? typed.strip() : typed.replaceAll("[\\s.()-]", "").replaceFirst("^0(?=[1-9])", "+84");
        return text.length() <= LONGEST && form.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** For the page: enough to know it by, too little to learn it. */
    public String masked(String destination) {
        int at = destination.indexOf('@');
        return this == MAIL ? destination.charAt(0) + "•••" + destination.substring(at) : "•••" + destination.substring(destination.length() - 3);
    }
}
