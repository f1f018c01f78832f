package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Walks the elements of a CMS file (ITU-T X.690, clause 8) before a tree is built of it: bounded depth and count, and no length that leads outside. */
final class UntrustedCms {

    private static final int DEEPEST = 40;
    private static final int MOST_ELEMENTS = 1_000_000;
    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1F;
    private static final int MORE = 0x80;
    private static final int INDEFINITE = 0x80;

    private final ByteBuffer octets;
    private int elements;

    private UntrustedCms(ByteBuffer octets) {
        this.octets = octets;
    }

    static void check(Document document) {
        try {
            ByteBuffer octets = FileOctets.of(document.file());
            new UntrustedCms(octets).element(octets.limit(), 0);
            if (octets.hasRemaining()) {
                throw refusal();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.nio.BufferUnderflowException e) {
            throw refusal();
        }
    }

    /** Returns whether it was the mark that ends an indefinite length. */
    private boolean element(int end, int depth) {
        if (depth > DEEPEST || ++elements > MOST_ELEMENTS) {
            throw refusal();
        }
        int tag = octets.get() & 0xFF;
        if ((tag & LONG_TAG) == LONG_TAG) {
            while ((octets.get() & MORE) != 0) {
                continue;
            }
        }
        int first = octets.get() & 0xFF;
        if (first == INDEFINITE) {
            if ((tag & CONSTRUCTED) == 0) {
                throw refusal();
            }
            while (!element(end, depth + 1)) {
                continue;
            }
            return false;
        }
        long length = first < MORE ? first : longLength(first & ~MORE);
        if (length > end - octets.position()) {
            throw refusal();
        }
        int inner = octets.position() + (int) length;
        if ((tag & CONSTRUCTED) == 0) {
            octets.position(inner);
            return tag == 0 && length == 0;
        }
        while (octets.position() < inner) {
            element(inner, depth + 1);
        }
        if (octets.position() != inner) {
            throw refusal();
        }
        return false;
    }

    private long longLength(int count) {
        if (count > Integer.BYTES) {
            throw refusal();
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | octets.get() & 0xFF;
        }
        return length;
    }

    private static Problem refusal() {
        return new Problem(Kind.MALFORMED_DOCUMENT, "The CMS file is cut off, nested too deeply, has too many elements, or has something after its end.");
    }
}
