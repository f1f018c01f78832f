package antin.mail.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A letter as the mailbox keeps it: byte for byte as it came, with Return-Path on top (RFC 5321, 4.4), without Bcc, with a date
 * and an id where the sender gave none (RFC 6409, 8.2 and 8.3), and with raw UTF-8 in its header encoded. Not made with
 * JavaMail, which would write the whole header anew and spoil signatures over it.
 */
final class StampedLetter {

    private static final Set<String> DROPPED = Set.of("return-path", "bcc", "resent-bcc");

    private StampedLetter() {
    }

    /**
     * @param returnPath such as {@code <a@city.example>}
     * @param id         unique here, used where the letter has no Message-ID
     */
    static byte[] of(InputStream letter, String returnPath, String id, String hostname, Instant now) throws IOException {
        byte[] raw = letter.readAllBytes();
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        Set<String> names = new HashSet<>();
        int start = 0;
        while (start < raw.length && raw[start] != '\r' && raw[start] != '\n') { // up to the empty line
            int end = fieldEnd(raw, start);
            String name = name(raw, start, end);
            if (!DROPPED.contains(name)) {
                byte[] field = Arrays.copyOfRange(raw, start, end);
                header.writeBytes(AsciiField.of(name, field).orElse(field));
            }
            names.add(name);
            start = end;
        }
        ByteArrayOutputStream stamped = new ByteArrayOutputStream(raw.length + 256);
        stamp(stamped, "Return-Path: " + returnPath);
        if (!names.contains("date")) {
            stamp(stamped, "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
        }
        if (!names.contains("message-id")) {
            stamp(stamped, "Message-ID: <" + id + '@' + hostname + '>');
        }
        header.writeTo(stamped);
        stamped.write(raw, start, raw.length - start);
        return stamped.toByteArray();
    }

    private static void stamp(ByteArrayOutputStream out, String field) {
        out.writeBytes((field + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** After the field's last line: those that begin with a blank go on with it. */
    private static int fieldEnd(byte[] raw, int start) {
        int i = start;
        do {
            while (i < raw.length && raw[i] != '\n') {
                i++;
            }
            i = Math.min(raw.length, i + 1);
        } while (i < raw.length && (raw[i] == ' ' || raw[i] == '\t'));
        return i;
    }

    private static String name(byte[] raw, int start, int end) {
        int colon = start;
        while (colon < end && raw[colon] != ':') {
            colon++;
        }
        return new String(raw, start, colon - start, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    }
}
