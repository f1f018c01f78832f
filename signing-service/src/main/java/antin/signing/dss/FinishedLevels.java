package antin.signing.dss;

import antin.kernel.Problem;
import antin.signing.pdf.SignedRange;
import antin.signing.pdf.StrictPdf;
import antin.signing.pdf.Unpacked;
import antin.signing.signature.SignatureLevel;
import eu.europa.esig.dss.model.x509.Token;
import eu.europa.esig.dss.pades.validation.PdfValidationDataContainer;
import eu.europa.esig.dss.spi.validation.ValidationData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;
import org.jspecify.annotations.Nullable;

/** What our signature in a PDF got beyond level B: time stamps that hold, of authorities that are trusted now, and an answer about each certificate (ETSI EN 319 142-1, 6.3). Any doubt is an exception or false. */
final class FinishedLevels {

    private static final COSName CERTIFICATES = COSName.getPDFName("Certs");
    private static final COSName ANSWERS = COSName.getPDFName("OCSPs");
    private static final COSName LISTS = COSName.getPDFName("CRLs");

    private final CheckCertificate certificates;
    private final Trust trust;
    private final ByteBuffer pdf;
    private final List<SignedRange> ranges;

    /** @param ranges of our signature and, at level LTA, of the document time stamp over all */
    FinishedLevels(Trust trust, CheckCertificate certificates, ByteBuffer pdf, List<SignedRange> ranges) {
        this.trust = trust;
        this.certificates = certificates;
        this.pdf = pdf;
        this.ranges = ranges;
    }

    /** The time stamp of a CMS that has one (ETSI EN 319 122-1, 5.3), and may have zeros behind it. */
    static TimeStampToken stamp(byte[] cms) throws IOException, TSPException {
        try (ASN1InputStream in = new ASN1InputStream(cms)) {
            SignedData signed = SignedData.getInstance(ContentInfo.getInstance(in.readObject()).getContent());
            SignerInfo signer = SignerInfo.getInstance(signed.getSignerInfos().getObjectAt(0));
            ASN1Set stamps = new AttributeTable(signer.getUnauthenticatedAttributes()).get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken).getAttrValues();
            return new TimeStampToken(ContentInfo.getInstance(stamps.getObjectAt(0)));
        }
    }

    /** @param stamp over the value; null at level B */
    boolean hold(Made made, @Nullable TimeStampToken stamp) throws IOException, GeneralSecurityException, TSPException, OperatorCreationException, CMSException {
        SignatureLevel level = made.request().level();
        if (stamp == null) {
            return level == SignatureLevel.B && ranges.getFirst().end() == pdf.limit();
        }
        checkStamp(made, stamp, List.of(ByteBuffer.wrap(made.value())));
        if (level == SignatureLevel.T) {
            return ranges.getFirst().end() == pdf.limit();
        }
        if (level == SignatureLevel.LTA) {
            SignedRange archive = ranges.getLast();
            if (archive.end() != pdf.limit()) {
                return false;
            }
            checkStamp(made, archived(archive.value(pdf)), List.of(pdf.slice(0, (int) archive.gap()), pdf.slice((int) archive.after(), (int) (archive.end() - archive.after()))));
        }
        return addsNothingElse() && stores(made, stamp.getEncoded(ASN1Encoding.DER));
    }

    /** A document time stamp. @throws IOException where it is not in DER, or anything but zeros follows */
    private static TimeStampToken archived(byte[] gap) throws IOException, TSPException {
        try (ASN1InputStream in = new ASN1InputStream(gap)) {
            ContentInfo cms = ContentInfo.getInstance(in.readObject());
            byte[] der = cms.getEncoded(ASN1Encoding.DER);
            if (gap.length < der.length || !Arrays.equals(gap, Arrays.copyOf(der, gap.length))) {
                throw new IOException("The time stamp is not in DER, or something follows it.");
            }
            return new TimeStampToken(cms);
        }
    }

    /** @throws GeneralSecurityException where the token is not over that, or of no authority that is trusted now */
    private void checkStamp(Made made, TimeStampToken token, List<ByteBuffer> stamped) throws IOException, GeneralSecurityException, TSPException, OperatorCreationException, CMSException {
        MessageDigest digest = MessageDigest.getInstance(token.getTimeStampInfo().getMessageImprintAlgOID().getId());
        stamped.forEach(part -> digest.update(part.duplicate()));
        if (!MessageDigest.isEqual(token.getTimeStampInfo().getMessageImprintDigest(), digest.digest())) {
            throw new GeneralSecurityException("The time stamp is over something else.");
        }
        List<X509Certificate> chain = StampAuthority.chain(token, made.request().chain(), trust.roots()).orElseThrow(() -> new GeneralSecurityException("The time stamp's authority leads to no root here."));
        token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(chain.getFirst()));
        certificates.checkAuthority(chain);
    }

    private boolean addsNothingElse() throws IOException {
        try (StrictPdf strict = new StrictPdf(pdf, FinishedLevels::open, ranges)) {
            return strict.check(ranges.getFirst()).against().isEmpty();
        }
    }

    private static PDDocument open(ByteBuffer revision) throws IOException {
        return Loader.loadPDF(new RandomAccessReadBuffer(revision));
    }

    /** Whether the PDF has the certificates, the answers and the lists that belong to it, and no others. */
    private boolean stores(Made made, byte[] stamp) throws IOException {
        Optional<ValidationData> data = new LongTermData(trust, certificates).of(made.request().chain(), stamp).map(PdfValidationDataContainer::getAllValidationData);
        if (data.isEmpty()) {
            return false;
        }
        try (PDDocument document = open(pdf.slice())) {
            COSDictionary store = document.getDocumentCatalog().getCOSObject().getCOSDictionary(SecurityStore.NAME);
            return streams(store.getCOSArray(CERTIFICATES)).equals(encoded(data.get().getCertificateTokens())) && streams(store.getCOSArray(ANSWERS)).equals(encoded(data.get().getOcspTokens()))
                && streams(store.getCOSArray(LISTS)).equals(encoded(data.get().getCrlTokens()));
        }
    }

    private static Set<ByteBuffer> encoded(Collection<? extends Token> tokens) {
        return tokens.stream().map(token -> ByteBuffer.wrap(token.getEncoded())).collect(Collectors.toSet());
    }

    private static Set<ByteBuffer> streams(@Nullable COSArray array) throws IOException {
        Set<ByteBuffer> streams = new HashSet<>();
        for (int i = 0; array != null && i < array.size(); i++) {
            streams.add(ByteBuffer.wrap(Unpacked.of((COSStream) array.getObject(i), SecurityStore.LARGEST_STREAM)));
        }
        return streams;
    }
}
