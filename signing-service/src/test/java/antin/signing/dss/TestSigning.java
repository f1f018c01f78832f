package antin.signing.dss;

import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.signing.TestPki;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import antin.signing.signature.ValidationReport;
import antin.signing.trust.TrustSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The pipeline over a {@link TestPki}. */
final class TestSigning {

    final Trust trust;
    final WorkFolder folder;
    final DssValidation validation;
    final PadesFormat pades;
    final XadesFormat xades;
    final List<SignatureFormat> formats;

    TestSigning(TestPki pki) {
        try {
            folder = WorkFolder.open(Files.createTempDirectory("antin-signing-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        trust = new Trust(TrustSettings.of(List.of(pki.root.certificate()), pki.url(), Path.of("target/no-lists")), Clock.systemUTC());
        validation = new DssValidation(trust, folder);
        Pipeline pipeline = new Pipeline(trust, validation, folder);
        pades = new PadesFormat(pipeline);
        xades = new XadesFormat(pipeline);
        formats = List.of(pades, xades, new CadesFormat(pipeline), new JadesFormat(pipeline), AsicFormat.simple(pipeline), AsicFormat.extended(pipeline));
    }

    SignatureFormat format(String name) {
        return formats.stream().filter(format -> format.name().equals(name)).findFirst().orElseThrow();
    }

    Document document(String name, byte[] bytes) {
        try {
            return new Document(Files.write(folder.newFile(), bytes), name, bytes.length, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] sign(SignatureFormat format, Document document, SignatureLevel level, Packaging packaging, SignatureAlgorithm algorithm, SigningKey key) {
        try (PreparedSignature prepared = format.prepare(new SignatureRequest(document, level, packaging, algorithm, key.chain(), Instant.now(),
            "Phê duyệt", "Hà Nội"))) {
            SignedDocument signed = prepared.complete(key.sign(algorithm, prepared.toBeSigned()));
            return bytes(signed.file());
        }
    }

    byte[] pdf(int octets, SignatureLevel level, SignatureAlgorithm algorithm, SigningKey key) {
        return sign(pades, document("quyết định.pdf", antin.signing.TestDocuments.pdf(octets)), level, Packaging.ENVELOPED, algorithm, key);
    }

    ValidationReport validate(byte[] bytes, Document... originals) {
        return validation.validate(document("doc", bytes), List.of(originals));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
