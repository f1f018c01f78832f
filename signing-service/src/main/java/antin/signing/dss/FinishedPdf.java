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
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A short way to be certain of a PDF that was just signed: it is the document that was sent, octet for octet, and one revision more; the signature is over all of that; and its CMS (RFC 5652) holds the
 * attributes that the key signed, that value and that certificate; {@link FinishedLevels} looks at what came after it. The certificate itself was checked before the key was used. Anything else, any doubt too, goes the long way.
 */
final class FinishedPdf {

    private static final Logger LOG = LoggerFactory.getLogger(FinishedPdf.class);
    private static final Pattern RANGE = Pattern.compile("/ByteRange\\s*\\[\\s*(\\d{1,10})\\s+(\\d{1,10})\\s+(\\d{1,10})\\s+(\\d{1,10})\\s*]");

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
            Optional<SignerInfo> signer = signer(signed, length, own);
            return signer.isPresent() && new FinishedLevels(pipeline.trust(), pipeline.certificates(), pdf, ranges).hold(made, signer.get());
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
        byte[] added = new byte[pdf.limit() - from];
        pdf.get(from, added);
        return RANGE.matcher(new String(added, StandardCharsets.ISO_8859_1)).results()
            .map(found -> SignedRange.of(IntStream.rangeClosed(1, 4).mapToObj(i -> new BigInteger(found.group(i))).toList()).orElseThrow(IllegalArgumentException::new)).toList();
    }

    /** The CMS in a gap. @throws IOException where it is not in DER, or anything but zeros follows */
    static ASN1Primitive cms(ByteBuffer pdf, SignedRange range) throws IOException {
        byte[] hex = new byte[(int) (range.after() - range.gap()) - 2];
        pdf.get((int) range.gap() + 1, hex);
        byte[] octets = HexFormat.of().parseHex(new String(hex, StandardCharsets.US_ASCII));
        try (ASN1InputStream in = new ASN1InputStream(octets)) {
            ASN1Primitive cms = in.readObject();
            byte[] der = cms.getEncoded(ASN1Encoding.DER);
            if (octets.length < der.length || !Arrays.equals(octets, Arrays.copyOf(der, octets.length))) {
                throw new IOException("The CMS is not in DER, or something follows it.");
            }
            return cms;
        }
    }

    /** Ours, if it holds. */
    private Optional<SignerInfo> signer(ByteBuffer pdf, int before, SignedRange range) throws IOException, GeneralSecurityException {
        ContentInfo content = ContentInfo.getInstance(cms(pdf, range));
        SignedData signed = SignedData.getInstance(content.getContent());
        if (!content.getContentType().equals(CMSObjectIdentifiers.signedData) || !signed.getEncapContentInfo().getContentType().equals(CMSObjectIdentifiers.data) || signed.getEncapContentInfo().getContent() != null || signed.getSignerInfos().size() != 1) {
            return Optional.empty();
        }
        SignerInfo signer = SignerInfo.getInstance(signed.getSignerInfos().getObjectAt(0));
        boolean ours = signer.getAuthenticatedAttributes() != null && Arrays.equals(signer.getAuthenticatedAttributes().getEncoded(ASN1Encoding.DER), made.toBeSigned())
            && Arrays.equals(signer.getEncryptedDigest().getOctets(), made.value()) && isAsAsked(signed, signer) && tell(pdf, before, range, signer);
        return ours ? Optional.of(signer) : Optional.empty();
    }

    /** Nothing in it that was not asked for: one signer, named as its certificate is, with the algorithms of the request, and certificates of its chain. */
    private boolean isAsAsked(SignedData signed, SignerInfo signer) throws GeneralSecurityException {
        X509Certificate own = made.request().certificate();
        IssuerAndSerialNumber named = IssuerAndSerialNumber.getInstance(signer.getSID().getId());
        Set<ByteBuffer> chain = new HashSet<>();
        for (X509Certificate one : made.request().chain()) {
            chain.add(ByteBuffer.wrap(one.getEncoded()));
        }
        Set<ByteBuffer> certificates = new HashSet<>();
        signed.getCertificates().forEach(one -> certificates.add(der(one)));
        return signed.getVersion().intValueExact() == 1 && signer.getVersion().intValueExact() == 1 && signed.getCRLs() == null
            && signed.getDigestAlgorithms().size() == 1 && signed.getDigestAlgorithms().getObjectAt(0).equals(signer.getDigestAlgorithm())
            && signer.getDigestEncryptionAlgorithm().equals(PadesCms.algorithm(made.request().algorithm()))
            && named.getSerialNumber().getValue().equals(own.getSerialNumber()) && der(named.getName()).equals(ByteBuffer.wrap(own.getIssuerX500Principal().getEncoded()))
            && chain.containsAll(certificates) && certificates.contains(ByteBuffer.wrap(own.getEncoded()));
    }

    private static ByteBuffer der(ASN1Encodable one) {
        try {
            return ByteBuffer.wrap(one.toASN1Primitive().getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
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
