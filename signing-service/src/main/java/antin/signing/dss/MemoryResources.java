package antin.signing.dss;

import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.signature.resources.AbstractResourcesHandler;
import java.io.OutputStream;
import java.util.Arrays;

/** A small document while a library writes it, often octet by octet: an array that grows, without a lock. */
final class MemoryResources extends AbstractResourcesHandler {

    /** Of a revision more, with its signature. */
    private static final int ROOM = 64 * 1024;

    private final Octets octets = new Octets();

    @Override
    protected OutputStream buildOutputStream() {
        return octets;
    }

    @Override
    public DSSDocument writeToDSSDocument() {
        return new InMemoryDocument(Arrays.copyOf(octets.array, octets.length));
    }

    private static final class Octets extends OutputStream {

        private byte[] array = new byte[ROOM];
        private int length;

        @Override
        public void write(int octet) {
            if (length == array.length) {
                grow(1);
            }
            array[length++] = (byte) octet;
        }

        @Override
        public void write(byte[] from, int begin, int count) {
            if (count > array.length - length) {
                grow(count);
            }
            System.arraycopy(from, begin, array, length, count);
            length += count;
        }

        private void grow(int more) {
            array = Arrays.copyOf(array, Math.addExact(length, Math.max(more, length)));
        }
    }
}
