package antin.mail.delivery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.mail.internet.AddressException;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeUtility;

/**
 * Who a letter says it is from, read from its raw header so strictly that no reader sees somebody else: programs differ in
 * how they repair a malformed header, and that is what a forger uses.
 *
 * @param addresses      of From, Sender and their Resent forms, lower case
 * @param shownAddresses anything like an address in the names shown beside them
 * @param defect         what is wrong with the header; empty where nothing is
 */
record HeaderSenders(List<String> addresses, List<String> shownAddresses, Optional<String> defect) {

    private static final int LONGEST_HEADER = 1 << 20;
    // RFC 5322, 2.2 and 4.5.3: a name of printable ASCII; blanks before the colon are obsolete, and refused here.
    private static final Pattern FIELD = Pattern.compile("([!-9;-~]+):(.*)", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"(),;:]+@[^\\s<>\"(),;:]+");
    private static final List<String> SENDERS = List.of("from", "sender", "resent-from", "resent-sender");

    static HeaderSenders read(InputStream letter) throws IOException {
        byte[] start = letter.readNBytes(LONGEST_HEADER + 1);
        List<String> fields = fields(start);
        if (fields.stream().mapToInt(String::length).sum() + 2 * fields.size() >= LONGEST_HEADER) {
            return broken("The header is too long"); // what comes later would not be looked at
        }
        List<String> addresses = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        int froms = 0;
        int senders = 0;
        for (String field : fields) {
            Matcher parts = FIELD.matcher(field);
            if (!parts.matches()) {
                return broken("A line of the header is no header field");
            }
            String name = parts.group(1).toLowerCase(Locale.ROOT);
            if (!SENDERS.contains(name)) {
                continue;
            }
            froms += name.equals("from") ? 1 : 0;
            senders += name.equals("sender") ? 1 : 0;
            try {
                read(name, parts.group(2), addresses, shown);
            } catch (AddressException | UnsupportedEncodingException e) {
                return broken("The field " + name + " cannot be read");
            }
        }
        if (froms != 1 || senders > 1) {
            return broken("A letter has one From field, and at most one Sender"); // RFC 5322, 3.6
        }
        return new HeaderSenders(List.copyOf(addresses), List.copyOf(shown), Optional.empty());
    }

    Stream<String> all() {
        return Stream.concat(addresses.stream(), shownAddresses.stream());
    }

    private static HeaderSenders broken(String why) {
        return new HeaderSenders(List.of(), List.of(), Optional.of(why));
    }

    private static void read(String name, String value, List<String> addresses, List<String> shown) throws AddressException, UnsupportedEncodingException {
        InternetAddress[] parsed = InternetAddress.parse(value.replaceAll("\r\n(?=[ \t])", "").strip(), true);
        if (parsed.length == 0) {
            throw new AddressException(name + " names nobody");
        }
        for (InternetAddress address : parsed) {
            if (address.isGroup()) {
                throw new AddressException("A group is nobody");
            }
            address.validate();
            addresses.add(address.getAddress().toLowerCase(Locale.ROOT));
        }
        // Names, comments and quoted texts, decoded: "boss@city.example" <me@city.example> shows the boss in many programs,
        // and so does an encoded word between quotes, or an @ of another width.
        String words = MimeUtility.decodeText(value.replaceAll("[\r\n\"()<>,;:\\\\]+", " "));
        Matcher found = ADDRESS.matcher(Normalizer.normalize(words, Normalizer.Form.NFKC));
        while (found.find()) {
            shown.add(found.group().toLowerCase(Locale.ROOT));
        }
    }

    /** The unfolded fields, in order. Stops at the empty line. */
    private static List<String> fields(byte[] start) throws IOException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        try (InputStream in = new ByteArrayInputStream(start)) {
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
                if (!folded && !field.isEmpty()) {
                    fields.add(field.toString());
                    field.setLength(0);
                }
                field.append(folded ? "\r\n" : "").append(line);
            }
        }
        if (!field.isEmpty()) {
            fields.add(field.toString());
        }
        return fields;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
