package antin.signing;

import java.io.OutputStream;
import java.util.Arrays;

/** What a library writes, often octet by octet: an array that grows, without a lock. For one thread. */
public final class OctetBuffer extends OutputStream {

    private byte[] array;
    private int length;

    /** @param room that is likely to be enough, in octets */
    public OctetBuffer(int room) {
        this.array = new byte[room];
    }

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

    public byte[] toByteArray() {
        return Arrays.copyOf(array, length);
    }

    private void grow(int more) {
        array = Arrays.copyOf(array, Math.addExact(length, Math.max(more, length)));
    }
}
