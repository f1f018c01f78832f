package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes through the octets of a PDF once, from stream to stream (ISO 32000-2, 7.3.8), and weighs what lies between and within. */
final class PdfScan {

    private static final int BLOCK = 4 << 20;
    private static final String WORD = "stream";
    private static final String OBJECT = "obj";
    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPT = "Encrypt".getBytes(StandardCharsets.US_ASCII);
    private static final int USUAL_DICTIONARY = 256;
    private static final int LONGEST_DICTIONARY = 8 * 1024;
    private static final Pattern UNPACKED_WHOLE = Pattern.compile("/(First|W)\\b");
    private static final Pattern OBJECTS = Pattern.compile("/First\\b");
    private static final Pattern OTHER_FILTER = Pattern.compile("/(LZW|ASCIIHex|ASCII85|RunLength|CCITTFax|JBIG2|DCT|JPX|Crypt|AHx|A85|RL|CCF)");
    static final String PACKED_OTHERWISE = "The PDF packs its objects in a way that is not taken.";
    private static final String UNCERTAIN = "The PDF has a stream whose dictionary cannot be told for certain.";
    private static final Pattern AFTER_COMMENT = Pattern.compile("%[^\\r\\n]*[\\r\\n]\\s*\\z");
    private static final Pattern BY_REFERENCE = Pattern.compile("/(Filter|F)\\s*(\\[[^\\]]*(\\bR\\b|%)|[0-9%])");
    private static final Pattern ESCAPED = Pattern.compile("#([0-9A-Fa-f]{2})");
    private static final Pattern FLATE = Pattern.compile("/(FlateDecode|Fl)\\b");
    /** The first digit of the number of a letter. */
    private static final String LETTER = "4567";
    /** An octet of a name takes three where it is written by its number. */
    private static final int LONGEST_NAME = 3 * "Encrypt".length();

    private final ByteBuffer pdf;
    private final PdfWeight weight = new PdfWeight();
    private final UnpackedObjects unpacked = new UnpackedObjects(weight);
    private boolean inStream;

    PdfScan(ByteBuffer pdf) {
        this.pdf = pdf;
    }

    /**
     * Weighs all of it.
     *
     * @return whether any revision may be encrypted: the name stands somewhere
     * @throws Problem {@code MALFORMED_DOCUMENT}
     */
    boolean check() {
        boolean encrypted = false;
        for (int base = 0; base < pdf.limit(); base += BLOCK) {
            Block block = Block.of(pdf, base, BLOCK);
            encrypted |= namesEncryption(pdf, base, block.text);
            int from = 0;
            while (from < block.length()) {
                int word = next(block.text, from, base);
                weigh(block, from, Math.min(block.length(), word + 1));
                if (word < block.length()) {
                    begin(base + word);
                }
                from = word + 1;
            }
        }
        return encrypted;
    }

    /** Where the word begins next; the block's length for nowhere. It may end in the next block. */
    private int next(String text, int from, int base) {
        int word = text.indexOf(WORD, from);
        if (word >= 0) {
            return word;
        }
        for (int at = Math.max(from, text.length() - WORD.length() + 1); at < text.length(); at++) {
            if (isStream(base + at)) {
                return at;
            }
        }
        return text.length();
    }

    private void weigh(Block block, int from, int to) {
        if (inStream) {
            weight.stream(block.octets, block.begin + from, block.begin + to);
            int object = block.text.indexOf(OBJECT, from);
            while (object >= 0 && object < to) {
                weight.object();
                object = block.text.indexOf(OBJECT, object + OBJECT.length());
            }
        } else {
            weight.plain(block.octets, block.begin + from, block.begin + to);
        }
    }

    /** At the word, or at the end of the one that ends a stream. */
    private void begin(int at) {
        if (at > 0 && pdf.get(at - 1) == 'd') {
            inStream = false;
            return;
        }
        String dictionary = dictionary(at);
        if (!dictionary.isEmpty()) {
            inStream = !isPlain(dictionary);
        }
        unpack(at, dictionary);
    }

    /** Whether {@code /Encrypt} stands anywhere, however it is written. */
    static boolean namesEncryption(ByteBuffer pdf) {
        for (int base = 0; base < pdf.limit(); base += BLOCK) {
            if (namesEncryption(pdf, base, Block.of(pdf, base, BLOCK).text)) {
                return true;
            }
        }
        return false;
    }

    /** In this block, or on its border with the one before. */
    private static boolean namesEncryption(ByteBuffer pdf, int base, String block) {
        int border = Math.max(0, base - LONGEST_NAME - 1);
        return hasName(pdf, base, block) || base > 0 && hasName(pdf, border, Block.of(pdf, border, 2 * LONGEST_NAME).text);
    }

    private static boolean hasName(ByteBuffer pdf, int base, String text) {
        if (text.contains("/Encrypt")) {
            return true;
        }
        for (int number = text.indexOf('#'); number >= 0; number = text.indexOf('#', number + 1)) {
            if (number + 1 < text.length() && LETTER.indexOf(text.charAt(number + 1)) < 0) {
                continue;
            }
            int slash = number - 1;
            while (slash > 0 && number - slash <= LONGEST_NAME && text.charAt(slash) != '/') {
                slash--;
            }
            if (slash >= 0 && text.charAt(slash) == '/' && isName(pdf, base + slash + 1, ENCRYPT)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code name} stands there, its octets plain or by their number (ISO 32000-2, 7.3.5). */
    private static boolean isName(ByteBuffer pdf, int begin, byte[] name) {
        int at = begin;
        for (byte octet : name) {
            boolean escaped = at + 2 < pdf.limit() && pdf.get(at) == '#';
            int found = escaped ? Character.digit(pdf.get(at + 1), 16) << 4 | Character.digit(pdf.get(at + 2), 16) : at < pdf.limit() ? pdf.get(at) : -1;
            if (found != octet) {
                return false;
            }
            at += escaped ? 3 : 1;
        }
        return true;
    }

    /** Whether the word that begins a stream, and with which endstream ends, stands there. */
    private boolean isStream(int at) {
        if (at + STREAM.length > pdf.limit()) {
            return false;
        }
        for (int i = 1; i < STREAM.length; i++) {
            if (pdf.get(at + i) != STREAM[i]) {
                return false;
            }
        }
        return true;
    }

    /** Objects in a stream that are not packed. */
    private static boolean isPlain(String dictionary) {
        return UNPACKED_WHOLE.matcher(dictionary).find() && !FLATE.matcher(dictionary).find();
    }

    private void unpack(int keyword, String dictionary) {
        if (!UNPACKED_WHOLE.matcher(dictionary).find()) {
            return;
        }
        long filters = FLATE.matcher(dictionary).results().count();
        if (filters > 1 || OTHER_FILTER.matcher(dictionary).find() || BY_REFERENCE.matcher(dictionary).find()) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, PACKED_OTHERWISE);
        }
        if (filters == 0) {
            return;
        }
        int begin = keyword + STREAM.length;
        while (begin < pdf.limit() && (pdf.get(begin) == '\r' || pdf.get(begin) == '\n')) {
            begin++;
        }
        ByteBuffer packed = pdf.slice(begin, pdf.limit() - begin);
        if (OBJECTS.matcher(dictionary).find()) {
            unpacked.objects(packed);
        } else {
            unpacked.references(packed);
        }
    }

    /**
     * The text before the keyword, back to its object's beginning, with names written plainly (ISO 32000-2, 7.3.5).
     *
     * @throws Problem where that beginning is not to be seen: a reader may find there what we do not
     */
    private String dictionary(int keyword) {
        int end = keyword;
        while (end > 0 && pdf.get(end - 1) <= ' ' && pdf.get(end - 1) >= 0) {
            end--;
        }
        if (end < 2 || pdf.get(end - 1) != '>' || pdf.get(end - 2) != '>') {
            if (AFTER_COMMENT.matcher(before(keyword, LONGEST_DICTIONARY)).find()) {
                throw new Problem(Kind.MALFORMED_DOCUMENT, UNCERTAIN);
            }
            return ""; // no stream without a dictionary: a word of some text
        }
        String text = before(keyword, USUAL_DICTIONARY);
        if (!text.contains(" obj")) {
            text = before(keyword, LONGEST_DICTIONARY);
        }
        int begin = text.lastIndexOf(" obj");
        String dictionary = begin < 0 ? "" : text.substring(begin + " obj".length()).stripLeading();
        if (!dictionary.startsWith("<<")) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, UNCERTAIN);
        }
        return dictionary.indexOf('#') < 0 ? dictionary
            : ESCAPED.matcher(dictionary).replaceAll(escape -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }

    private String before(int keyword, int most) {
        int from = Math.max(0, keyword - most);
        return Block.of(pdf, from, keyword - from).text;
    }

    /** A part of the PDF, as octets from {@code begin} on and as text of as many letters (ISO 8859-1). */
    private record Block(byte[] octets, int begin, String text) {

        static Block of(ByteBuffer pdf, int from, int most) {
            int length = Math.min(most, pdf.limit() - from);
            if (pdf.hasArray()) {
                return new Block(pdf.array(), pdf.arrayOffset() + from, new String(pdf.array(), pdf.arrayOffset() + from, length, StandardCharsets.ISO_8859_1));
            }
            byte[] octets = new byte[length];
            pdf.get(from, octets);
            return new Block(octets, 0, new String(octets, StandardCharsets.ISO_8859_1));
        }

        int length() {
            return text.length();
        }
    }
}
