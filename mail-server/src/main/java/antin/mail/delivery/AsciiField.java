package antin.mail.delivery;

import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.internet.MimeUtility;

/**
 * A header field with raw UTF-8 in it, written with encoded words (RFC 2047) instead. James's IMAP shows only ASCII headers
 * right; and a client that knows no UTF-8 headers must not be sent any (RFC 6855, 4).
 */
final class AsciiField {

    private static final Set<String> WITH_ADDRESSES = Set.of("from", "sender", "reply-to", "to", "cc", "resent-from", "resent-sender", "resent-to", "resent-cc");
    private static final String WORD = "[^\\s\"<>@,;:()\\\\]*[^\\x00-\\x7f][^\\s\"<>@,;:()\\\\]*";
    /** A quoted name, or words in a row; outside of addresses themselves. */
    private static final Pattern NAME = Pattern.compile("\"([^\"]*[^\\x00-\\x7f][^\"]*)\"|(" + WORD + "(?: +" + WORD + ")*)");

    private AsciiField() {
    }

    /** The field with its line end; empty where it is ASCII already, or no UTF-8, and may stay as it is. */
    static Optional<byte[]> of(String lowerCaseName, byte[] field) {
        boolean ascii = true;
        for (byte b : field) {
            ascii &= b >= 0;
        }
        if (ascii) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(field)).toString();
            int colon = text.indexOf(':');
            String value = MimeUtility.unfold(text.substring(colon + 1).strip());
            String encoded = WITH_ADDRESSES.contains(lowerCaseName) ? names(value) : MimeUtility.encodeText(value, "UTF-8", "B");
            String name = text.substring(0, colon);
            return Optional.of((name + ": " + MimeUtility.fold(name.length() + 2, encoded) + "\r\n").getBytes(StandardCharsets.UTF_8));
        } catch (CharacterCodingException | UnsupportedEncodingException e) {
            return Optional.empty();
        }
    }

    private static String names(String value) throws UnsupportedEncodingException {
        Matcher name = NAME.matcher(value);
        StringBuilder encoded = new StringBuilder();
        while (name.find()) {
            String words = name.group(1) != null ? name.group(1) : name.group(2);
            name.appendReplacement(encoded, Matcher.quoteReplacement(MimeUtility.encodeWord(words, "UTF-8", "B")));
        }
        return name.appendTail(encoded).toString();
    }
}
