package antin.signing.cms;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import antin.keys.KeyName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * {@code mail.keys}, {@code mail.key.NAME.addresses}, and {@code internal-port}, where the mail server asks for their use.
 *
 * @param port      empty where nobody asks
 * @param addresses by key, in the order of the configuration: the mail addresses that it is for, in small letters
 */
public record MailSettings(OptionalInt port, Map<String, Set<String>> addresses) {

    private static final String ADDRESS = "[^@\\s,<>\"]{1,64}@[a-z0-9.-]{1,255}";

    /** @param seals the keys that seal: none of them is ever used for mail */
    public static MailSettings read(Settings file, List<String> seals) {
        Map<String, Set<String>> addresses = new LinkedHashMap<>();
        for (String name : file.list("mail.keys")) {
            if (seals.contains(KeyName.checked(name))) {
                throw new Problem(Kind.MISCONFIGURED, "The key " + name + " seals documents and cannot be in mail.keys. Make another for mail.");
            }
            addresses.put(name, addresses(file, "mail.key." + name + ".addresses"));
        }
        return new MailSettings(file.optionalText("internal-port").isPresent() ? OptionalInt.of(file.port("internal-port")) : OptionalInt.empty(), addresses);
    }

    private static Set<String> addresses(Settings file, String key) {
        Set<String> addresses = new LinkedHashSet<>();
        for (String address : file.list(key)) {
            addresses.add(address.toLowerCase(Locale.ROOT));
        }
        if (addresses.isEmpty() || !addresses.stream().allMatch(address -> address.matches(ADDRESS))) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + key + " must name the mail addresses that the key is for, separated by commas.");
        }
        return addresses;
    }
}
