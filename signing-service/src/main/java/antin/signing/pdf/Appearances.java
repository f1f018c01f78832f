package antin.signing.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.jspecify.annotations.Nullable;

/** What widgets look like (ISO 32000-2, 12.5.5). */
final class Appearances {

    /** Text, pictures and forms, shadings (ISO 32000-2, annex A). */
    private static final Set<String> SHOWING = Set.of("Tj", "TJ", "'", "\"", "Do", "BI", "sh");
    private static final int MOST_OPERATORS = 100_000;
    private static final int LARGEST = 1 << 20;

    private Appearances() {
    }

    /** Whether a field without a value shows something all the same, which a filled-in one would then take the place of. A button's states may. */
    static boolean areShown(COSDictionary field) {
        COSDictionary appearances = field.getCOSDictionary(COSName.AP);
        return appearances != null && appearances.getDictionaryObject(COSName.N) instanceof COSStream normal && shows(normal);
    }

    /** The streams that an appearance dictionary leads to, by reference. */
    static List<COSObject> streams(@Nullable COSBase appearances) {
        List<COSObject> found = new ArrayList<>();
        if (appearances instanceof COSDictionary dictionary) {
            for (COSName key : dictionary.keySet()) {
                if (dictionary.getItem(key) instanceof COSObject reference && reference.getObject() instanceof COSStream) {
                    found.add(reference);
                }
            }
        }
        return found;
    }

    private static boolean shows(COSStream stream) {
        try {
            PDFStreamParser parser = new PDFStreamParser(Unpacked.of(stream, LARGEST));
            int operators = 0;
            for (Object token = parser.parseNextToken(); token != null; token = parser.parseNextToken()) {
                if (token instanceof Operator operator && (SHOWING.contains(operator.getName()) || ++operators > MOST_OPERATORS)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
