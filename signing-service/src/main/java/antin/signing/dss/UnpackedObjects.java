package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What the streams of one PDF unpack to that a reader unpacks whole: those of objects and of cross-references (ISO 32000-2, 7.5.7 and 7.5.8). */
final class UnpackedObjects {

    private static final long LARGEST = 128L << 20; // octets, of all those streams together
    private static final int BUFFER = 64 * 1024;

    private final PdfWeight weight;
    private long unpacked;

    UnpackedObjects(PdfWeight weight) {
        this.weight = weight;
    }

    /** A stream of objects, packed by Flate (RFC 1950), with whatever follows it. @throws Problem where it is too large or too heavy */
    void objects(ByteBuffer packed) {
        inflate(packed, false);
    }

    /** The same, of cross-references. */
    void references(ByteBuffer packed) {
        inflate(packed, true);
    }

    private void inflate(ByteBuffer packed, boolean references) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] buffer = new byte[BUFFER];
            while (!inflater.finished()) {
                int octets = inflater.inflate(buffer);
                if (octets == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    return;
                }
                take(buffer, octets, references);
            }
        } catch (DataFormatException e) {
            return; // what is broken from here on no reader unpacks
        } finally {
            inflater.end();
        }
    }

    private void take(byte[] octets, int length, boolean references) {
        if (references) {
            weight.references(length);
        } else {
            weight.objects(octets, length);
        }
        unpacked += length;
        if (unpacked > LARGEST) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The PDF unpacks to too much.");
        }
    }
}
