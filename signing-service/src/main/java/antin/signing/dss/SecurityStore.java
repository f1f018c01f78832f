package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.pdf.Unpacked;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Bounds a document security store (ETSI EN 319 142-1, 5.4.2) before DSS unpacks each of its streams in memory. */
final class SecurityStore {

    static final COSName NAME = COSName.getPDFName("DSS");
    static final int LARGEST_STREAM = 8 << 20; // a CRL of two hundred thousand certificates
    private static final long LARGEST = 64L << 20;
    private static final int MOST_OBJECTS = 50_000;

    private SecurityStore() {
    }

    /** @throws Problem {@code MALFORMED_DOCUMENT} */
    static void check(PDDocument pdf) {
        Deque<COSBase> open = new ArrayDeque<>();
        Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        add(pdf.getDocumentCatalog().getCOSObject().getItem(NAME), open, seen);
        long octets = 0;
        while (!open.isEmpty()) {
            COSBase one = open.pop();
            if (one instanceof COSStream stream) {
                octets += size(stream);
            } else if (one instanceof COSDictionary dictionary) {
                dictionary.getValues().forEach(value -> add(value, open, seen));
            } else if (one instanceof COSArray array) {
                array.forEach(value -> add(value, open, seen));
            }
            if (octets > LARGEST || seen.size() > MOST_OBJECTS) {
                throw new Problem(Kind.MALFORMED_DOCUMENT, "The document's security store is larger than is taken.");
            }
        }
    }

    private static void add(COSBase item, Deque<COSBase> open, Set<COSBase> seen) {
        COSBase one = item instanceof COSObject reference ? reference.getObject() : item;
        if ((one instanceof COSDictionary || one instanceof COSArray) && seen.add(one)) {
            open.push(one);
        }
    }

    private static int size(COSStream stream) {
        try {
            return Unpacked.of(stream, LARGEST_STREAM).length;
        } catch (IOException e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "A stream in the document's security store is broken, or larger than is taken.", e);
        }
    }
}
