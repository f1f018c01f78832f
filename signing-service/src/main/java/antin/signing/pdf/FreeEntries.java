package antin.signing.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfparser.PDFStreamParser;

/** The objects that a cross-reference stream takes away (ISO 32000-2, 7.5.8.3). */
final class FreeEntries {

    private static final int WIDEST = 8;
    private static final Pattern REFERENCE = Pattern.compile("\\b\\d+\\s+\\d+\\s+R\\b");

    private FreeEntries() {
    }

    /**
     * Adds their numbers.
     *
     * @param pdf  from the object's beginning
     * @param head its text up to the stream's first octet
     * @return false where it is no such stream, or its length is not in it
     */
    static boolean read(ByteBuffer pdf, String head, Set<Long> freed) {
        int begin = head.indexOf("<<");
        if (begin < 0) {
            return false;
        }
        try (COSStream section = new COSStream()) {
            String entries = REFERENCE.matcher(head.substring(begin, head.lastIndexOf("stream"))).replaceAll("null"); // such as Root; those of the stream itself are direct
            if (!(new PDFStreamParser(entries.getBytes(StandardCharsets.ISO_8859_1)).parseNextToken() instanceof COSDictionary dictionary)) {
                return false;
            }
            int length = dictionary.getItem(COSName.LENGTH) instanceof COSInteger octets ? octets.intValue() : -1;
            if (!COSName.XREF.equals(dictionary.getCOSName(COSName.TYPE)) || length < 0 || head.length() + length > pdf.limit()) {
                return false;
            }
            section.addAll(dictionary);
            byte[] packed = new byte[length];
            pdf.get(head.length(), packed);
            try (OutputStream out = section.createRawOutputStream()) {
                out.write(packed);
            }
            return read(section, freed);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean read(COSStream section, Set<Long> freed) throws IOException {
        COSArray widths = section.getCOSArray(COSName.W);
        if (widths == null || widths.size() != 3) {
            return false;
        }
        int type = widths.getInt(0);
        int rest = widths.getInt(1) + widths.getInt(2);
        if (type < 0 || type > WIDEST || rest < 1 || rest > 2 * WIDEST) { // entries of no octets would be there without end
            return false;
        }
        COSArray index = section.getCOSArray(COSName.INDEX);
        try (InputStream entries = section.createInputStream()) {
            for (int i = 0; index == null ? i == 0 : i + 1 < index.size(); i += 2) {
                long first = index == null ? 0 : index.getInt(i);
                long count = index == null ? section.getInt(COSName.SIZE) : index.getInt(i + 1);
                for (long number = first; number < first + count; number++) {
                    byte[] entry = entries.readNBytes(type + rest);
                    if (entry.length < type + rest) {
                        return false;
                    }
                    if (type > 0 && entry[type - 1] == 0 && number > 0) { // the first is always free; no type means 1
                        freed.add(number);
                    }
                }
            }
            return true;
        }
    }
}
