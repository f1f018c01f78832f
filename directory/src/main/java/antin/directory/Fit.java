package antin.directory;

import antin.directory.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a value must look like to be written. Each method throws {@link Refusal} for its field. */
final class Fit {

    private static final int LONGEST_NAME = 200;
    private static final int MOST_ADDRESSES = 20;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,32}");
    /** RFC 5321, 4.1.2 and 4.5.3.1, without quoted strings; letters beyond ASCII wait for SMTPUTF8. */
    private static final Pattern ADDRESS = Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
        + "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"); // RFC 1123, 2.1
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 .()-]{2,30}");
    private static final Pattern ORGANIZATION = Pattern.compile("[0-9]{3}\\.[0-9]{2}\\.[0-9]{2}\\.[A-Z][0-9]{2}"); // QCVN 102:2016
    private static final Pattern WEBSITE = Pattern.compile("https?://[!-~]{1,250}");

    private Fit() {
    }

    static void name(String field, String value) {
        require(!value.isBlank(), field, Reason.MISSING);
        optionalName(field, value);
    }

    static void optionalName(String field, String value) {
        require(!INVISIBLE.matcher(value).find(), field, Reason.CONTROL_CHARACTER);
        require(value.length() <= LONGEST_NAME, field, Reason.TOO_LONG);
    }

    static void number(String field, String value) {
        require(NUMBER.matcher(value).matches(), field, Reason.NOT_A_NUMBER);
    }

    /** The address in lower case. */
    static String address(String field, String value) {
        require(!value.isBlank(), field, Reason.MISSING);
        String lower = value.toLowerCase(Locale.ROOT);
        require(lower.length() <= 254 && lower.indexOf('@') <= 64 && ADDRESS.matcher(lower).matches(), field, Reason.NOT_AN_ADDRESS);
        return lower;
    }

    /** Each once, without {@code primary}. */
    static List<String> addresses(String field, List<String> values, String primary) {
        require(values.size() <= MOST_ADDRESSES, field, Reason.TOO_LONG);
        List<String> addresses = new ArrayList<>();
        for (String value : values) {
            String address = address(field, value);
            if (!address.equals(primary) && !addresses.contains(address)) {
                addresses.add(address);
            }
        }
        return List.copyOf(addresses);
    }

    static void unit(String field, String value) {
        require(!value.isEmpty(), field, Reason.MISSING);
        require(LABEL.matcher(value).matches(), field, Reason.NOT_A_UNIT_NAME);
    }

    static void word(String field, String value) {
        require(!value.isEmpty(), field, Reason.MISSING);
        require(LABEL.matcher(value).matches(), field, Reason.NOT_A_WORD);
    }

    static void optionalWord(String field, String value) {
        require(value.isEmpty() || LABEL.matcher(value).matches(), field, Reason.NOT_A_WORD);
    }

    static void phone(String field, String value) {
        require(value.isEmpty() || PHONE.matcher(value).matches(), field, Reason.NOT_A_PHONE);
    }

    static void language(String field, String value) {
        require(value.equals("vi") || value.equals("en"), field, Reason.NOT_A_LANGUAGE);
    }

    static void organizationId(String field, String value) {
        require(value.isEmpty() || ORGANIZATION.matcher(value).matches(), field, Reason.NOT_AN_ORGANIZATION_ID);
    }

    static void website(String field, String value) {
        require(value.isEmpty() || WEBSITE.matcher(value).matches(), field, Reason.NOT_A_WEBSITE);
    }

    static void require(boolean fit, String field, Reason reason) {
        if (!fit) {
            throw new Refusal(field, reason);
        }
    }
}
