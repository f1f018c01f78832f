package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;

/**
 * What a PDF's objects would take as a reader's tree, told by their octets before any reader has them (ISO 32000-2, 7.2 and 7.3): names, dictionaries, arrays, strings, numbers and objects by number, each with the
 * memory that PDFBox takes for it. A few megabytes of small objects can be hundreds of megabytes of tree.
 */
final class PdfWeight {

    private static final long MOST = 64L << 20; // octets of heap
    private static final int NAME = 64;
    private static final int DICTIONARY = 100;
    private static final int OBJECT = 75; // counted at obj and at endobj
    private static final int ARRAY = 60;
    private static final int STRING = 60;
    private static final int NUMBER = 32;
    private static final int REFERENCE = 20; // an entry has five octets or more
    /** One packed octet in 64 looks by chance as if something began there. Where there are many more, a cross-reference may lead into what looks like a stream. */
    private static final int WINDOW = 64 * 1024;
    private static final int BY_CHANCE = WINDOW / 16;
    private static final byte[] BEGINS = new byte[256];

    static {
        for (char begins : "/<[(".toCharArray()) {
            BEGINS[begins] = 1;
        }
    }

    private long weight;
    private int before = ' ';
    private int beforeThat = ' ';
    private int window;
    private int beginnings;

    /** The next octets of objects. @throws Problem where the tree grows too large */
    void plain(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            object(octets[i]);
        }
    }

    private void object(int octet) {
        weight += switch (octet) {
            case '/' -> NAME;
            case '<' -> before == '<' ? DICTIONARY - STRING : STRING;
            case '[' -> ARRAY;
            case '(' -> STRING;
            case 'j' -> before == 'b' && beforeThat == 'o' ? OBJECT : 0;
            default -> octet >= '0' && octet <= '9' && isBetween(before) ? NUMBER : 0;
        };
        beforeThat = before;
        before = octet;
        check();
    }

    /** What was unpacked of a stream of objects: twice as heavy, since such a document is small. */
    void objects(byte[] octets, int length) {
        for (int i = 0; i < length; i++) {
            long lighter = weight;
            object(octets[i]);
            weight += weight - lighter;
        }
    }

    /** What was unpacked of a stream of cross-references. */
    void references(int octets) {
        weight += (long) octets * REFERENCE;
        check();
    }

    /** The next octets of a stream. @throws Problem where that is full of objects */
    void stream(byte[] octets, int from, int to) {
        int begin = from;
        while (begin < to) {
            int end = Math.min(to, begin + WINDOW - window);
            int found = 0;
            for (int i = begin; i < end; i++) {
                found += BEGINS[octets[i] & 0xff];
            }
            beginnings += found;
            window += end - begin;
            if (window == WINDOW) {
                weight += beginnings > BY_CHANCE ? (long) beginnings * DICTIONARY : 0;
                window = 0;
                beginnings = 0;
            }
            check();
            begin = end;
        }
        before = ' ';
    }

    /** What looks like an object's beginning or end was seen in a stream. */
    void object() {
        weight += OBJECT;
        check();
    }

    private void check() {
        if (weight > MOST) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The PDF has more objects than are taken.");
        }
    }

    private static boolean isBetween(int octet) {
        return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t' || octet == '[' || octet == 0 || octet == '\f';
    }
}
