package antin.signing.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;

/** Whether two objects are the same in writing: objects by number are compared by number, and what they name is another question. */
final class SameObjects {

    private SameObjects() {
    }

    static boolean same(@Nullable COSBase one, @Nullable COSBase other) {
        if (one == null || other == null || one == COSNull.NULL || other == COSNull.NULL) {
            return (one == null || one == COSNull.NULL) && (other == null || other == COSNull.NULL);
        }
        return switch (one) {
            case COSObject reference -> other instanceof COSObject second && reference.getObjectNumber() == second.getObjectNumber() && reference.getGenerationNumber() == second.getGenerationNumber();
            case COSStream stream -> other instanceof COSStream second && sameEntries(stream, second) && sameOctets(stream, second);
            case COSDictionary dictionary -> other instanceof COSDictionary second && !(other instanceof COSStream) && sameEntries(dictionary, second);
            case COSArray array -> other instanceof COSArray second && sameElements(array, second);
            case COSString string -> other instanceof COSString second && Arrays.equals(string.getBytes(), second.getBytes());
            case COSNumber number -> other instanceof COSNumber second && number.floatValue() == second.floatValue() && number.longValue() == second.longValue();
            default -> one.equals(other);
        };
    }

    private static boolean sameEntries(COSDictionary one, COSDictionary other) {
        if (!one.keySet().equals(other.keySet())) {
            return false;
        }
        for (COSName key : one.keySet()) {
            if (!same(one.getItem(key), other.getItem(key))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameElements(COSArray one, COSArray other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameOctets(COSStream one, COSStream other) {
        try (InputStream first = one.createRawInputStream(); InputStream second = other.createRawInputStream()) {
            byte[] octets = new byte[16 * 1024];
            for (int count = first.readNBytes(octets, 0, octets.length); count > 0; count = first.readNBytes(octets, 0, octets.length)) {
                if (!Arrays.equals(octets, 0, count, second.readNBytes(count), 0, count)) {
                    return false;
                }
            }
            return second.read() < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
