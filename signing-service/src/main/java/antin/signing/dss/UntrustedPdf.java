package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;
import antin.signing.signature.InMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;

/**
 * What a PDF is held to before PDFBox reads it: it begins as one, and the streams that a reader must unpack whole (of objects and of
 * cross-references, ISO 32000-2, 7.5.7 and 7.5.8) stay of a bearable size, and so does the tree that all its objects make.
 */
final class UntrustedPdf {

    private static final byte[] HEADER = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPT = "Encrypt".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_DICTIONARY = 8 * 1024;
    private static final Pattern UNPACKED_WHOLE = Pattern.compile("/(First|W)\\b");
    private static final Pattern OBJECTS = Pattern.compile("/First\\b");
    private static final Pattern OTHER_FILTER = Pattern.compile("/(LZW|ASCIIHex|ASCII85|RunLength|CCITTFax|JBIG2|DCT|JPX|Crypt|AHx|A85|RL|CCF)");
    static final String PACKED_OTHERWISE = "The PDF packs its objects in a way that is not taken.";
    private static final String UNCERTAIN = "The PDF has a stream whose dictionary cannot be told for certain.";
    private static final Pattern AFTER_COMMENT = Pattern.compile("%[^\\r\\n]*[\\r\\n]\\s*\\z");
    private static final Pattern BY_REFERENCE = Pattern.compile("/(Filter|F)\\s*(\\[[^\\]]*(\\bR\\b|%)|[0-9%])");
    private static final Pattern FLATE = Pattern.compile("/(FlateDecode|Fl)\\b");

    private UntrustedPdf() {
    }

    static boolean begins(Document document) {
        try (InputStream in = Files.newInputStream(document.file())) {
            return Arrays.equals(in.readNBytes(HEADER.length), HEADER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Readers forgive octets before the header; we do not, since two readers may then see two documents. */
    static void check(Document document) {
        if (!begins(document)) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document is not a PDF: it does not begin with %PDF-.");
        }
        try (FileChannel channel = FileChannel.open(document.file())) {
            ByteBuffer pdf = channel.map(MapMode.READ_ONLY, 0, channel.size());
            PdfWeight weight = new PdfWeight();
            UnpackedObjects unpacked = new UnpackedObjects(weight);
            boolean inStream = false;
            for (int at = 0; at < pdf.limit(); at++) {
                byte octet = pdf.get(at);
                if (inStream) {
                    weight.stream(octet);
                } else {
                    weight.object(octet);
                }
                if (octet == 's' && isStream(pdf, at)) {
                    boolean ends = at > 0 && pdf.get(at - 1) == 'd';
                    String dictionary = ends ? "" : dictionary(pdf, at);
                    inStream = !ends && (dictionary.isEmpty() ? inStream : !isPlain(dictionary));
                    if (!ends) {
                        unpack(pdf, at, dictionary, unpacked);
                    }
                }
            }
            if (isEncrypted(pdf)) {
                checkEncrypted(document);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether any revision may be encrypted: the name stands somewhere. */
    static boolean isEncrypted(Document document) {
        try (FileChannel channel = FileChannel.open(document.file())) {
            return isEncrypted(channel.map(MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEncrypted(ByteBuffer pdf) {
        for (int at = 0; at < pdf.limit(); at++) {
            if (pdf.get(at) == '/' && isName(pdf, at + 1, ENCRYPT)) {
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

    /** PDFBox decrypts a stream in memory. */
    private static void checkEncrypted(Document document) throws IOException {
        if (document.size() > InMemory.LARGEST) {
            throw new Problem(Kind.TOO_LARGE, "An encrypted PDF is taken up to " + (InMemory.LARGEST >> 20) + " MB.");
        }
        try (RandomAccessRead pdf = new RandomAccessReadBufferedFile(document.file())) {
            EncryptedPdf.check(pdf, document.password() == null ? "" : document.password().secret());
        }
    }

    /** Whether the word that begins a stream, and with which endstream ends, stands there. */
    private static boolean isStream(ByteBuffer pdf, int at) {
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

    private static void unpack(ByteBuffer pdf, int keyword, String dictionary, UnpackedObjects unpacked) {
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
    private static String dictionary(ByteBuffer pdf, int keyword) {
        byte[] before = new byte[Math.min(keyword, LONGEST_DICTIONARY)];
        pdf.get(keyword - before.length, before);
        String text = new String(before, StandardCharsets.ISO_8859_1);
        if (!text.stripTrailing().endsWith(">>")) {
            if (AFTER_COMMENT.matcher(text).find()) {
                throw new Problem(Kind.MALFORMED_DOCUMENT, UNCERTAIN);
            }
            return ""; // no stream without a dictionary: a word of some text
        }
        int begin = text.lastIndexOf(" obj");
        if (begin < 0 || !text.substring(begin + " obj".length()).stripLeading().startsWith("<<")) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, UNCERTAIN);
        }
        return Pattern.compile("#([0-9A-Fa-f]{2})").matcher(text.substring(begin))
            .replaceAll(escape -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }
}
