package antin.signing;

import antin.kernel.key.KeyRing;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.signing.sample.SampleKeys;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.Validation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and prepares a small document of each kind in the background, so that the first client does not wait for classes. No key is used. */
final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final String XML = "<warm-up/>";
    private static final String PDF = """
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
        trailer<</Size 4/Root 1 0 R>>
        %%EOF
        """;

    private final KeyRing keys;
    private final SignatureFormat pades;
    private final SignatureFormat xades;
    private final Validation validation;
    private final WorkFolder folder;
    private final Clock clock;

    WarmUp(KeyRing keys, SignatureFormat pades, SignatureFormat xades, Validation validation, WorkFolder folder, Clock clock) {
        this.keys = keys;
        this.pades = pades;
        this.xades = xades;
        this.validation = validation;
        this.folder = folder;
        this.clock = clock;
    }

    void start(SampleKeys after) {
        after.then(() -> {
            try {
                prepare(pades, PDF);
                prepare(xades, XML);
            } catch (IOException | RuntimeException e) {
                LOG.info("The first signature will be slow: {}", e.toString());
            }
        });
    }

    private void prepare(SignatureFormat format, String text) throws IOException {
        Path file = folder.newFile();
        try {
            byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
            Files.write(file, octets);
            Document document = new Document(file, "warm-up", octets.length, "");
            validation.validate(document, List.of());
            Optional<SigningKey> key = keys.names().stream().findFirst().flatMap(keys::find);
            if (key.isPresent()) {
                try (PreparedSignature prepared = format.prepare(new SignatureRequest(document, SignatureLevel.LTA, Packaging.ENVELOPED,
                    SignatureAlgorithm.usual(key.get().certificate().getPublicKey()), key.get().chain(), clock.instant(), null, null))) {
                    LOG.info("Warm: {} octets to be signed in {}", prepared.toBeSigned().length, format.name());
                }
            }
        } finally {
            WorkFolder.remove(file);
        }
    }
}
