package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.DecryptionMaterial;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.encryption.PDEncryption;
import org.apache.pdfbox.pdmodel.encryption.ProtectionPolicy;
import org.apache.pdfbox.pdmodel.encryption.SecurityHandler;

/**
 * What the encrypted streams of objects of a PDF are held to (ISO 32000-2, 7.5.7 and 7.6): only a reader with the key sees what they unpack to, so a first reading by PDFBox looks at each of them between decryption
 * and unpacking, and makes no objects of any that is too large.
 */
final class EncryptedPdf {

    private static final Set<COSName> FLATE = Set.of(COSName.FLATE_DECODE, COSName.FLATE_DECODE_ABBREVIATION);

    private EncryptedPdf() {
    }

    /**
     * @param pdf      read to its end
     * @param password empty for none
     * @throws Problem {@code MALFORMED_DOCUMENT}, or {@code DOCUMENT_LOCKED} where the password does not open it
     */
    static void check(RandomAccessRead pdf, String password) {
        try (PDDocument document = new WeighingParser(pdf, password).parse()) {
            COSDocument objects = document.getDocument();
            for (long container : containers(objects)) {
                objects.getObjectFromPool(new COSObjectKey(container, 0)).getObject(); // decrypted, and so weighed
            }
        } catch (InvalidPasswordException e) {
            throw Guard.locked(e);
        } catch (IOException e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The PDF is broken.", e);
        }
    }

    /** PDFBox writes a packed object's place as its container's number, below zero. */
    private static List<Long> containers(COSDocument document) {
        return document.getXrefTable().values().stream().filter(place -> place < 0).map(place -> -place).distinct().toList();
    }

    private static final class WeighingParser extends PDFParser {

        WeighingParser(RandomAccessRead pdf, String password) throws IOException {
            super(pdf, password, null, null, MemoryUsageSetting.setupTempFileOnly(PdfObjects.LARGEST_SWOLLEN).streamCache);
        }

        @Override
        protected void prepareDecryption() throws IOException {
            super.prepareDecryption();
            weigh();
        }

        /** A damaged one is prepared elsewhere, before anything is decrypted. */
        @Override
        protected COSDictionary retrieveTrailer() throws IOException {
            COSDictionary trailer = super.retrieveTrailer();
            weigh();
            return trailer;
        }

        private void weigh() {
            if (securityHandler != null && !(securityHandler instanceof Weighing)) {
                securityHandler = new Weighing(securityHandler);
            }
        }
    }

    private static final class Weighing extends SecurityHandler<ProtectionPolicy> {

        private final SecurityHandler<? extends ProtectionPolicy> decrypting;
        private final PdfWeight weight = new PdfWeight();
        private final UnpackedObjects unpacked = new UnpackedObjects(weight);

        Weighing(SecurityHandler<? extends ProtectionPolicy> decrypting) {
            this.decrypting = decrypting;
        }

        @Override
        public void decryptStream(COSStream stream, long number, long generation) throws IOException {
            decrypting.decryptStream(stream, number, generation);
            if (!stream.containsKey(COSName.FIRST)) {
                return;
            }
            byte[] octets = read(stream);
            switch (filters(stream)) {
                case 0 -> weight.objects(octets, octets.length);
                case 1 -> unpacked.objects(ByteBuffer.wrap(octets));
                default -> throw new Problem(Kind.MALFORMED_DOCUMENT, PdfScan.PACKED_OTHERWISE);
            }
        }

        private static byte[] read(COSStream stream) throws IOException {
            try (InputStream in = stream.createRawInputStream()) {
                return in.readAllBytes();
            }
        }

        /** How often Flate, or 2 where anything else is there. */
        private static int filters(COSStream stream) {
            List<?> filters = switch (stream.getFilters()) {
                case null -> List.of();
                case COSArray several -> several.toList();
                case COSBase one -> List.of(one);
            };
            return filters.stream().allMatch(FLATE::contains) ? Math.min(filters.size(), 2) : 2;
        }

        @Override
        public void decrypt(COSBase object, long number, long generation) throws IOException {
            if (object instanceof COSStream stream) {
                decryptStream(stream, number, generation);
            } else {
                decrypting.decrypt(object, number, generation);
            }
        }

        @Override
        public void prepareDocumentForEncryption(PDDocument document) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void prepareForDecryption(PDEncryption encryption, COSArray id, DecryptionMaterial material) {
            throw new UnsupportedOperationException(); // it is prepared
        }
    }
}
