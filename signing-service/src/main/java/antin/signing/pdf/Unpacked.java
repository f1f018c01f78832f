package antin.signing.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;

/** What a stream of somebody's unpacks to, up to a bound. PDFBox unpacks all of it in memory, and ten megabytes may become ten gigabytes. */
public final class Unpacked {

    private Unpacked() {
    }

    /** @throws IOException where it is more than {@code most} octets, or packed otherwise than by FlateDecode without a predictor (ISO 32000-2, 7.4.4) */
    public static byte[] of(COSStream stream, int most) throws IOException {
        try (InputStream in = open(stream)) {
            byte[] octets = in.readNBytes(most + 1);
            if (octets.length > most) {
                throw new IOException("A stream unpacks to more than " + most + " octets.");
            }
            return octets;
        }
    }

    private static InputStream open(COSStream stream) throws IOException {
        COSBase filter = stream.getFilters();
        if (filter instanceof COSArray several && several.size() < 2) {
            filter = several.size() == 0 ? null : several.getObject(0);
        }
        if (filter == null) {
            return stream.createRawInputStream();
        }
        COSBase parameters = stream.getDictionaryObject(COSName.DECODE_PARMS, COSName.DP);
        if (parameters instanceof COSArray several && several.size() > 0) {
            parameters = several.getObject(0);
        }
        boolean plain = !(parameters instanceof COSDictionary dictionary) || dictionary.getInt(COSName.PREDICTOR, 1) == 1;
        if (!plain || !COSName.FLATE_DECODE.equals(filter) && !COSName.FLATE_DECODE_ABBREVIATION.equals(filter)) {
            throw new IOException("A stream is packed in a way that is not taken.");
        }
        return new InflaterInputStream(stream.createRawInputStream());
    }
}
