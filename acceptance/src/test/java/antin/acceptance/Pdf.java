package antin.acceptance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PDF files (ISO 32000-1) written and taken apart by hand, so that no library of the product is believed. */
final class Pdf {

    private static final Pattern RANGE = Pattern.compile("/ByteRange\\s*\\[\\s*(\\d+)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)\\s*]");
    private static final Pattern CONTENTS = Pattern.compile("/Contents\\s*<([0-9A-Fa-f]+)>");

    /** A document time stamp (ISO 32000-2, 12.8.5) or signature: the token or CMS in DER, and the bytes that it is over. */
    record Signed(byte[] token, byte[] data) {
    }

    private Pdf() {
    }

    /** One page of text, and an attached stream of noise that brings it to about {@code bytes}. */
    static byte[] ofSize(int bytes) {
        byte[] noise = new byte[Math.max(0, bytes - 900)];
        new Random(bytes).nextBytes(noise);
        byte[] text = "BT /F1 18 Tf 72 720 Td (Quyet dinh so 12/QD-UBND) Tj ET".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        List<Integer> offsets = new ArrayList<>();
        put(file, "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        object(file, offsets, "<< /Type /Catalog /Pages 2 0 R >>", null);
        object(file, offsets, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", null);
        object(file, offsets, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Noise 6 0 R"
            + " /Resources << /Font << /F1 5 0 R >> >> >>", null);
        object(file, offsets, "<< /Length " + text.length + " >>", text);
        object(file, offsets, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", null);
        object(file, offsets, "<< /Length " + noise.length + " >>", noise);
        int start = file.size();
        put(file, "xref\n0 7\n0000000000 65535 f \n");
        offsets.forEach(offset -> put(file, String.format("%010d 00000 n \n", offset)));
        put(file, "trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n");
        return file.toByteArray();
    }

    /** The last document time stamp of a file. */
    static Signed timeStamp(byte[] pdf) {
        return last(pdf, "/ETSI.RFC3161");
    }

    /** The last signature of a file. */
    static Signed signature(byte[] pdf) {
        return last(pdf, "/ETSI.CAdES.detached");
    }

    private static Signed last(byte[] pdf, String kind) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        int mark = text.lastIndexOf(kind);
        if (mark < 0) {
            throw new AssertionError("There is no " + kind + ".");
        }
        String object = text.substring(text.lastIndexOf(" obj", mark), text.indexOf("endobj", mark));
        Matcher range = RANGE.matcher(object);
        Matcher contents = CONTENTS.matcher(object);
        if (!range.find() || !contents.find()) {
            throw new AssertionError("The " + kind + " has no /ByteRange or /Contents.");
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(pdf, Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
        data.write(pdf, Integer.parseInt(range.group(3)), Integer.parseInt(range.group(4)));
        return new Signed(der(HexFormat.of().parseHex(contents.group(1))), data.toByteArray());
    }

    /** Without the zeros that fill the place kept for it (X.690, 8.1.3.5: the long form of a length). */
    private static byte[] der(byte[] padded) {
        int count = padded[1] & 0x7f;
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | padded[2 + i] & 0xff;
        }
        return java.util.Arrays.copyOf(padded, 2 + count + length);
    }

    private static void object(ByteArrayOutputStream file, List<Integer> offsets, String dictionary, byte @org.jspecify.annotations.Nullable [] stream) {
        offsets.add(file.size());
        put(file, offsets.size() + " 0 obj\n" + dictionary + "\n");
        if (stream != null) {
            put(file, "stream\n");
            file.writeBytes(stream);
            put(file, "\nendstream\n");
        }
        put(file, "endobj\n");
    }

    private static void put(ByteArrayOutputStream file, String latin) {
        file.writeBytes(latin.getBytes(StandardCharsets.ISO_8859_1));
    }
}
