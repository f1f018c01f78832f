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
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/**
 * A short way to be certain of a PDF that was just signed at level B: it is the document that was sent, octet for octet, and one revision more; the signature is over all of it; and its CMS (RFC 5652) holds the
 * attributes that the key signed, that value and that certificate. The certificate itself was checked before the key was used. Anything else, any doubt too, goes the long way.
 */
final class FinishedPdf {

    private static final Pattern RANGE = Pattern.compile("/ByteRange\\s*\\[\\s*(\\d{1,10})\\s+(\\d{1,10})\\s+(\\d{1,10})\\s+(\\d{1,10})\\s*]");
    private static final int LEAST_RSA = 2048;
    private static final int LEAST_EC = 256;

    private final PdfObjects objects;
    private final Made made;

    private FinishedPdf(PdfObjects objects, Made made) {
        this.objects = objects;
        this.made = made;
    }

    /** @param objects that it was made with */
    static boolean isCertain(PdfObjects objects, Made made) {
        return made.request().level() == SignatureLevel.B && isStrong(made.request().certificate()) && new FinishedPdf(objects, made).isCertain();
    }

    private boolean isCertain() {
        try {
            ByteBuffer before = octets(made.sent());
            ByteBuffer pdf = octets(made.finished());
            int length = before.limit();
            if (pdf.limit() <= length || pdf.slice(0, length).mismatch(before) >= 0) {
                return false;
            }
            Optional<SignedRange> range = range(pdf, length);
            return range.isPresent() && range.get().end() == pdf.limit() && StrictPdf.addsOneRevision(pdf, length, range.get()) && holds(pdf, length, range.get());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
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

    private static boolean isStrong(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= LEAST_RSA;
            case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize() >= LEAST_EC;
            default -> false;
        };
    }

    /** The only one of the new revision. */
    private static Optional<SignedRange> range(ByteBuffer pdf, int from) {
        byte[] added = new byte[pdf.limit() - from];
        pdf.get(from, added);
        var found = RANGE.matcher(new String(added, StandardCharsets.ISO_8859_1)).results().toList();
        if (found.size() != 1) {
            return Optional.empty();
        }
        MatchResult numbers = found.getFirst();
        return SignedRange.of(IntStream.rangeClosed(1, 4).mapToObj(i -> new BigInteger(numbers.group(i))).toList());
    }

    private boolean holds(ByteBuffer pdf, int before, SignedRange range) throws IOException, GeneralSecurityException {
        byte[] hex = new byte[(int) (range.after() - range.gap()) - 2];
        pdf.get((int) range.gap() + 1, hex);
        byte[] cms = HexFormat.of().parseHex(new String(hex, StandardCharsets.US_ASCII));
        try (ASN1InputStream in = new ASN1InputStream(cms)) {
            ContentInfo content = ContentInfo.getInstance(in.readObject());
            SignedData signed = SignedData.getInstance(content.getContent());
            if (!content.getContentType().equals(CMSObjectIdentifiers.signedData) || signed.getEncapContentInfo().getContent() != null || signed.getSignerInfos().size() != 1) {
                return false;
            }
            SignerInfo signer = SignerInfo.getInstance(signed.getSignerInfos().getObjectAt(0));
            return signer.getAuthenticatedAttributes() != null && Arrays.equals(signer.getAuthenticatedAttributes().getEncoded(ASN1Encoding.DER), made.toBeSigned())
                && Arrays.equals(signer.getEncryptedDigest().getOctets(), made.value()) && holds(signed.getCertificates()) && tell(pdf, before, range, signer);
        }
    }

    private boolean holds(ASN1Set certificates) throws IOException, GeneralSecurityException {
        byte[] own = made.request().certificate().getEncoded();
        for (int i = 0; certificates != null && i < certificates.size(); i++) {
            if (Arrays.equals(certificates.getObjectAt(i).toASN1Primitive().getEncoded(ASN1Encoding.DER), own)) {
                return true;
            }
        }
        return false;
    }

    /** The attributes that were signed name this content and this certificate (ETSI EN 319 122-1, 5.1 and 5.2.2). */
    private boolean tell(ByteBuffer pdf, int before, SignedRange range, SignerInfo signer) throws IOException, GeneralSecurityException {
        AttributeTable table = new AttributeTable(ASN1Set.getInstance(made.toBeSigned()));
        MessageDigest digest = MessageDigest.getInstance(Trust.digest(made.request().algorithm()).getJavaName());
        Attribute certificate = table.get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
        if (!signer.getDigestAlgorithm().getAlgorithm().getId().equals(Trust.digest(made.request().algorithm()).getOid()) || certificate == null) {
            return false;
        }
        ESSCertIDv2 named = SigningCertificateV2.getInstance(certificate.getAttrValues().getObjectAt(0)).getCerts()[0];
        boolean own = named.getHashAlgorithm().getAlgorithm().getId().equals(Trust.digest(made.request().algorithm()).getOid()) && Arrays.equals(named.getCertHash(), digest.digest(made.request().certificate().getEncoded()));
        MessageDigest document = digested(pdf, before, digest);
        document.update(pdf.slice(before, (int) range.gap() - before));
        document.update(pdf.slice((int) range.after(), (int) (range.end() - range.after())));
        return own && Arrays.equals(ASN1OctetString.getInstance(table.get(CMSAttributes.messageDigest).getAttrValues().getObjectAt(0)).getOctets(), document.digest())
            && table.get(CMSAttributes.contentType).getAttrValues().getObjectAt(0).equals(CMSObjectIdentifiers.data);
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
