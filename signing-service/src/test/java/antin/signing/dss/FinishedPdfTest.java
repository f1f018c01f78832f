package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestDocuments;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.ValidationReport.Conclusion;
import eu.europa.esig.dss.model.InMemoryDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short look at our own PDFs is certain of those that hold, and of no others. */
class FinishedPdfTest {

    private static final TestPki PKI = new TestPki();
    private static final TestSigning SIGNING = new TestSigning(PKI);
    private static final TestKey KEY = TestKey.ec(PKI);
    private static final int STEP = 211;

    private static final byte[] SENT = TestDocuments.pdf(3_000);
    private static final Document DOCUMENT = SIGNING.document("a.pdf", SENT);

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @ParameterizedTest
    @EnumSource
    void isCertainOfWhatHolds(SignatureLevel level) throws Exception {
        Made made = made(level);
        boolean certain = isCertain(made, finished(made));
        for (int i = 0; i < 5 && !certain; i++) { // an answer about the signer is fresh for a second, and then another
            made = made(level);
            certain = isCertain(made, finished(made));
        }
        assertThat(certain).isTrue();
        assertThat(SIGNING.validate(finished(made)).conclusion()).isEqualTo(Conclusion.VALID);
        assertThat(SIGNING.validate(finished(made)).signatures().getFirst().format()).isEqualTo("PAdES-BASELINE-" + level);
    }

    /** Blanks and names that nobody reads may change behind the signature: where it is certain, a validation is too. */
    @ParameterizedTest
    @EnumSource
    void isNotCertainOfWhatWasAltered(SignatureLevel level) throws Exception {
        Made made = made(level);
        byte[] good = finished(made);
        int certain = 0;
        for (int at = 0; at < good.length; at += STEP) {
            byte[] altered = good.clone();
            altered[at] ^= 1;
            if (isCertain(made, altered)) {
                certain++;
                assertThat(SIGNING.validate(altered).conclusion()).as("octet %d of %d", at, good.length).isEqualTo(Conclusion.VALID);
            }
        }
        assertThat(certain).as("certain of altered ones").isLessThan(good.length / STEP / 20);
    }

    @ParameterizedTest
    @EnumSource
    void isNotCertainOfAnotherLevel(SignatureLevel level) throws Exception {
        Made made = made(level);
        for (SignatureLevel other : EnumSet.complementOf(EnumSet.of(level))) {
            SignatureRequest request = new SignatureRequest(DOCUMENT, other, Packaging.ENVELOPED, SignatureAlgorithm.ECDSA_SHA256, KEY.chain(), made.request().time(), null, null);
            assertThat(isCertain(new Made(request, made.toBeSigned(), made.value(), made.sent(), made.finished()), finished(made))).as("%s as %s", level, other).isFalse();
        }
    }

    @Test
    void isNotCertainOfARevisionLess() throws Exception {
        Made made = made(SignatureLevel.LTA);
        byte[] whole = finished(made);
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        for (int end = text.lastIndexOf("%%EOF"); end > SENT.length; end = text.lastIndexOf("%%EOF", end - 1)) {
            assertThat(isCertain(made, Arrays.copyOf(whole, end))).isFalse();
            assertThat(isCertain(made, Arrays.copyOf(whole, Math.min(whole.length, end + 6)))).isEqualTo(end + 6 >= whole.length);
        }
    }

    @Test
    void isNotCertainOfAnotherValue() throws Exception {
        Made one = made(SignatureLevel.LT);
        Made other = made(SignatureLevel.LT);
        assertThat(isCertain(new Made(one.request(), one.toBeSigned(), other.value(), one.sent(), one.finished()), finished(one))).isFalse();
        assertThat(isCertain(one, finished(other))).isFalse();
    }

    private static Made made(SignatureLevel level) throws Exception {
        SignatureRequest request = new SignatureRequest(DOCUMENT, level, Packaging.ENVELOPED, SignatureAlgorithm.ECDSA_SHA256, KEY.chain(), Instant.now(), null, null);
        try (PreparedSignature prepared = SIGNING.pades.prepare(request)) {
            byte[] value = KEY.sign(SignatureAlgorithm.ECDSA_SHA256, prepared.toBeSigned());
            byte[] finished = Files.readAllBytes(prepared.complete(value).file());
            return new Made(request, prepared.toBeSigned(), value, new InMemoryDocument(SENT), new InMemoryDocument(finished));
        }
    }

    private static byte[] finished(Made made) {
        return ((InMemoryDocument) made.finished()).getBytes();
    }

    private static boolean isCertain(Made made, byte[] finished) {
        Pipeline pipeline = new Pipeline(SIGNING.trust, SIGNING.validation, SIGNING.folder);
        return FinishedPdf.isCertain(pipeline, new PdfObjects(DOCUMENT, SIGNING.folder, false), new Made(made.request(), made.toBeSigned(), made.value(), made.sent(), new InMemoryDocument(finished)));
    }
}
