package antin.signing.attack;

import antin.kernel.Problem;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.WorkFolder;
import antin.signing.dss.AsicFormat;
import antin.signing.dss.CadesFormat;
import antin.signing.dss.CheckCertificate;
import antin.signing.dss.DssValidation;
import antin.signing.dss.EtsiXml;
import antin.signing.dss.JadesFormat;
import antin.signing.dss.Pipeline;
import antin.signing.dss.Trust;
import antin.signing.dss.XadesFormat;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.Validation;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.SignatureReport;
import antin.signing.trust.TrustSettings;
import antin.signing.xml.XmlDsigFormat;
import antin.signing.xml.XmlDsigValidation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Signing and validation as the service puts them together, over a city of its own. */
final class Bench implements AutoCloseable {

    final TestPki pki;
    final TestKey ec;
    final TestKey rsa;
    final Trust trust;
    private final WorkFolder folder;
    private final Validation validation;
    private final List<SignatureFormat> formats;

    Bench() {
        this(new TestPki());
    }

    private Bench(TestPki pki) {
        this(pki, pki.url());
    }

    /** @param asked the only address that validation asks about the status of certificates */
    Bench(TestPki pki, String asked) {
        this.pki = pki;
        this.ec = TestKey.ec(pki);
        this.rsa = TestKey.rsa(pki);
        this.trust = trust(pki, pki.url());
        try {
            folder = WorkFolder.open(Files.createTempDirectory("antin-attack-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Trust validating = trust(pki, asked);
        validation = new XmlDsigValidation(new DssValidation(validating, folder), new CheckCertificate(validating, Clock.systemUTC()), EtsiXml::of);
        Pipeline pipeline = new Pipeline(trust, new DssValidation(trust, folder), folder);
        formats = List.of(new XadesFormat(pipeline), new CadesFormat(pipeline), new JadesFormat(pipeline), AsicFormat.simple(pipeline), AsicFormat.extended(pipeline),
            new XmlDsigFormat(folder));
    }

    private static Trust trust(TestPki pki, String asked) {
        return new Trust(TrustSettings.of(List.of(pki.root.certificate()), asked, Path.of("target/no-lists")), Clock.systemUTC());
    }

    /** By the service's own format. */
    byte[] sign(String format, byte[] file, SignatureLevel level, Packaging packaging, TestKey key) {
        SignatureFormat own = formats.stream().filter(one -> one.name().equals(format)).findFirst().orElseThrow();
        var algorithm = antin.kernel.key.SignatureAlgorithm.usual(key.chain().getFirst().getPublicKey());
        try (PreparedSignature prepared = own.prepare(new SignatureRequest(document("qd.txt", file), level, packaging, algorithm, key.chain(), Instant.now(), null, null))) {
            return Files.readAllBytes(prepared.complete(key.sign(algorithm, prepared.toBeSigned())).file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ValidationReport report(Sent sent) {
        return validation.validate(document("doc", sent.document()), sent.originals().stream().map(one -> document(one.name(), one.octets())).toList());
    }

    /** {@code valid}, or what the worst signature is and its reasons; {@code refused} and why, where the file is not taken at all. */
    String verdict(Sent sent) {
        try {
            ValidationReport report = report(sent);
            return report.signatures().stream().max(Comparator.comparing(SignatureReport::conclusion)).map(Bench::verdict).orElse("no signature");
        } catch (Problem e) {
            return e.kind() == Problem.Kind.MALFORMED_DOCUMENT ? "refused: " + e.detail() : e.kind() + ": " + e.detail();
        }
    }

    private static String verdict(SignatureReport signature) {
        return (signature.conclusion().name().toLowerCase(Locale.ROOT) + " " + String.join(" ", signature.reasons())).strip();
    }

    private Document document(String name, byte[] octets) {
        try {
            return new Document(Files.write(folder.newFile(), octets), name, octets.length, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        pki.close();
    }
}
