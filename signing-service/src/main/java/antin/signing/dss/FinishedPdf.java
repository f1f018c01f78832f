package antin.signing.dss;

import antin.signing.pdf.SignedRange;
import antin.signing.pdf.StrictPdf;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A short way to be certain of a PDF that was just signed: it is the document that was sent, octet for octet, and one revision more; the signature is over all of that; and its CMS (RFC 5652) is the one
 * that this document, this certificate and this value have; {@link FinishedLevels} looks at what came after it. The certificate itself was checked before the key was used. Anything else, any doubt too, goes the long way.
 */
final class FinishedPdf {

    private static final Logger LOG = LoggerFactory.getLogger(FinishedPdf.class);
    private static final String RANGE_NAME = "/ByteRange";
    private static final Pattern RANGE = Pattern.compile(RANGE_NAME + "\\s*\\[\\s*(\\d{1,10})\\s+(\\d{1,10})\\s+(\\d{1,10})\\s+(\\d{1,10})\\s*]");

    private final Pipeline pipeline;
    private final PdfObjects objects;
    private final Made made;

    private FinishedPdf(Pipeline pipeline, PdfObjects objects, Made made) {
        this.pipeline = pipeline;
        this.objects = objects;
        this.made = made;
    }

    /** @param objects that it was made with */
    static boolean isCertain(Pipeline pipeline, PdfObjects objects, Made made) {
        return made.isStrong() && (made.request().level() == SignatureLevel.B || !objects.isEncrypted()) && new FinishedPdf(pipeline, objects, made).isCertain();
    }

    private boolean isCertain() {
        try {
            ByteBuffer before = octets(made.sent());
            ByteBuffer pdf = octets(made.finished());
            int length = before.limit();
            if (pdf.limit() <= length || pdf.slice(0, length).mismatch(before) >= 0) {
                return false;
            }
            List<SignedRange> ranges = ranges(pdf, length);
            if (ranges.size() != (made.request().level() == SignatureLevel.LTA ? 2 : 1) || ranges.getFirst().end() > pdf.limit()) {
                return false;
            }
            SignedRange own = ranges.getFirst();
            ByteBuffer signed = pdf.slice(0, (int) own.end());
            if (!StrictPdf.addsOneRevision(signed, length, own)) {
                return false;
            }
            byte[] gap = own.value(signed);
            TimeStampToken stamp = made.request().level() == SignatureLevel.B ? null : FinishedLevels.stamp(gap);
            return isOurs(signed, length, own, gap, stamp == null ? null : stamp.getEncoded(ASN1Encoding.DER)) && new FinishedLevels(pipeline.trust(), pipeline.certificates(), pdf, ranges).hold(made, stamp);
        } catch (IOException | GeneralSecurityException | TSPException | CMSException | OperatorCreationException | RuntimeException e) { // libraries throw whatever they like at what is missing or of another type
            LOG.debug("A finished PDF is not certain: {}", e.toString());
            return false;
        }
    }

    private static ByteBuffer octets(DSSDocument document) throws IOException {
        return switch (document) {
            case InMemoryDocument memory -> ByteBuffer.wrap(memory.getBytes());
            case FileDocument file -> FileOctets.of(file.getFile().toPath());
            default -> throw new IOException("What was signed stays with its owner.");
        };
    }

    /** Those of what was added. */
    private static List<SignedRange> ranges(ByteBuffer pdf, int from) {
        byte[] octets = new byte[pdf.limit() - from];
        pdf.get(from, octets);
        String added = new String(octets, StandardCharsets.ISO_8859_1);
        List<SignedRange> ranges = new ArrayList<>();
        for (int at = added.indexOf(RANGE_NAME); at >= 0; at = added.indexOf(RANGE_NAME, at + 1)) {
            Matcher range = RANGE.matcher(added).region(at, added.length());
            if (range.lookingAt()) {
                ranges.add(SignedRange.of(IntStream.rangeClosed(1, 4).mapToObj(i -> new BigInteger(range.group(i))).toList()).orElseThrow(IllegalArgumentException::new));
            }
        }
        return ranges;
    }

    /** Whether the gap has the CMS that this document, this certificate, this value and this time stamp have, and zeros behind it. */
    private boolean isOurs(ByteBuffer pdf, int before, SignedRange range, byte[] gap, byte @Nullable [] stamp) throws GeneralSecurityException {
        MessageDigest document = digested(pdf, before, MessageDigest.getInstance(Trust.digest(made.request().algorithm()).getJavaName()));
        document.update(pdf.slice(before, (int) range.gap() - before));
        document.update(pdf.slice((int) range.after(), (int) (range.end() - range.after())));
        Trust trust = pipeline.trust();
        PadesCms expected = new PadesCms(Trust.dss(made.request().algorithm()), trust.certificates().tokens(made.request().chain()), trust::isAnchor, document.digest());
        byte[] cms = expected.signed(made.value(), stamp);
        return Arrays.equals(expected.toBeSigned(), made.toBeSigned()) && Arrays.equals(gap, Arrays.copyOf(cms, gap.length)) && cms.length <= gap.length;
    }

    /** After the document as it was sent, whose octets were found the same. */
    private MessageDigest digested(ByteBuffer pdf, int before, MessageDigest fresh) {
        MessageDigest known = objects.takeDigested();
        if (known != null && known.getAlgorithm().equals(fresh.getAlgorithm())) {
            return known;
        }
        fresh.update(pdf.slice(0, before));
        return fresh;
    }
}
