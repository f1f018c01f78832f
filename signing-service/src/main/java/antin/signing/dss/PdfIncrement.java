package antin.signing.dss;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.pdfwriter.COSWriter;
import org.apache.pdfbox.pdmodel.PDDocument;

/** What PDFBox adds to a document (ISO 32000-2, 7.5.6), without the document before it, which PDFBox would copy twice. To the writer that document is a length and nothing else. */
final class PdfIncrement implements RandomAccessRead {

    private final long length;

    private PdfIncrement(long length) {
        this.length = length;
    }

    /** @param length of the document as it was read */
    static void write(PDDocument pdf, long length, OutputStream out) throws IOException {
        new Writer(out, new PdfIncrement(length)).write(pdf, content -> new byte[0]);
    }

    /** Writes the empty gap of a signature at once; PDFBox writes it digit by digit. */
    private static final class Writer extends COSWriter {

        private static final int GAP = 1024;

        Writer(OutputStream out, RandomAccessRead before) throws IOException {
            super(out, before);
        }

        @Override
        public void visitFromString(COSString string) throws IOException {
            byte[] octets = string.getBytes();
            if (octets.length < GAP || Arrays.mismatch(octets, new byte[octets.length]) >= 0) {
                super.visitFromString(string);
                return;
            }
            byte[] digits = new byte[2 * octets.length + 2];
            Arrays.fill(digits, (byte) '0');
            digits[0] = '<';
            digits[digits.length - 1] = '>';
            getStandardOutput().write(digits);
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read() {
        return -1;
    }

    @Override
    public int read(byte[] octets, int from, int count) {
        return -1;
    }

    @Override
    public long getPosition() {
        return length;
    }

    @Override
    public void seek(long position) {
        // there is nothing to go to
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public boolean isEOF() {
        return true;
    }

    @Override
    public RandomAccessReadView createView(long begin, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // nothing is open
    }
}
