package antin.signing.fuzz;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestDocuments;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.WorkFolder;
import antin.signing.dss.AsicFormat;
import antin.signing.dss.CadesFormat;
import antin.signing.dss.CheckCertificate;
import antin.signing.dss.DssExtension;
import antin.signing.dss.DssValidation;
import antin.signing.dss.EtsiXml;
import antin.signing.dss.JadesFormat;
import antin.signing.dss.PadesFormat;
import antin.signing.dss.Pipeline;
import antin.signing.dss.Trust;
import antin.signing.dss.XadesFormat;
import antin.signing.signature.Document;
import antin.signing.signature.EtsiReport;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.Validation;
import antin.signing.signature.ValidationReport;
import antin.signing.trust.TrustSettings;
import antin.signing.xml.XmlDsigFormat;
import antin.signing.xml.XmlDsigValidation;
import com.code_intelligence.jazzer.api.BugDetectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Signing and validation as the service puts them together, once for each process, over authorities of its own. */
final class City {

    /** What every seed that is no PDF has signed. */
    static final byte[] CONTENT = TestDocuments.xml().getBytes(StandardCharsets.UTF_8);

    private static final class Once {
        private static final City CITY = new City();
    }

    final TestPki pki = new TestPki();
    final TestKey key = TestKey.ec(pki);
    final DssValidation dss;
    final XmlDsigValidation service;
    final WorkFolder folder;
    final List<SignatureFormat> formats;
    private final DssExtension extension;

    private City() {
        try {
            folder = WorkFolder.open(Files.createTempDirectory("antin-fuzz-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Trust trust = new Trust(TrustSettings.of(List.of(pki.root.certificate()), pki.url(), Path.of("target/no-lists")), Clock.systemUTC());
        dss = new DssValidation(trust, folder);
        service = new XmlDsigValidation(dss, new CheckCertificate(trust, Clock.systemUTC()), EtsiXml::of);
        Pipeline pipeline = new Pipeline(trust, dss, folder);
        formats = List.of(new PadesFormat(pipeline), new XadesFormat(pipeline), new CadesFormat(pipeline), new JadesFormat(pipeline), AsicFormat.simple(pipeline),
            AsicFormat.extended(pipeline), new XmlDsigFormat(folder));
        extension = new DssExtension(pipeline, service);
    }

    static City once() {
        return Once.CITY;
    }

    /**
     * Seeds are signed in the process that judges them. A connection to any other host than this one is a finding, too. Where there are no seeds the process ends at once: threads of the
     * city's would keep it.
     */
    static void underJazzer(Supplier<List<byte[]>> entrySeeds) {
        BugDetectors.allowNetworkConnections((host, port) -> host.equals("localhost") || host.startsWith("127."));
        try {
            once(); // which takes longer than one input may
            List<byte[]> seeds = entrySeeds.get();
            for (int i = 0; i < seeds.size(); i++) {
                Files.write(Path.of(System.getProperty("antin.fuzz.corpus"), "seed-" + i), seeds.get(i));
            }
        } catch (IOException | RuntimeException | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /** A seed: signed by ourselves at level B. */
    byte[] sign(String format, Packaging packaging, byte[] content) {
        return sign(format, packaging, content, SignatureLevel.B);
    }

    byte[] sign(String format, Packaging packaging, byte[] content, SignatureLevel level) {
        Document document = document(content);
        try (PreparedSignature prepared = format(format).prepare(request(document, level, packaging, Particulars.NONE))) {
            Path signed = prepared.complete(key.sign(SignatureAlgorithm.ECDSA_SHA256, prepared.toBeSigned())).file();
            byte[] octets = Files.readAllBytes(signed);
            Files.deleteIfExists(signed);
            return octets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove(document);
        }
    }

    /** What the service does with a document before the key is used. */
    void prepare(String format, Packaging packaging, byte[] untrusted, Particulars particulars) {
        Document document = document(untrusted);
        try (PreparedSignature prepared = format(format).prepare(request(document, SignatureLevel.B, packaging, particulars))) {
            prepared.toBeSigned();
        } finally {
            remove(document);
        }
    }

    ValidationReport validate(Validation validation, byte[] untrusted) {
        Document document = document(untrusted);
        try {
            return validation.validate(document, List.of());
        } finally {
            remove(document);
        }
    }

    /** With both reports. */
    EtsiReport validateForPrograms(byte[] untrusted, byte[]... contents) {
        Document document = document(untrusted);
        List<Document> originals = java.util.Arrays.stream(contents).map(this::document).toList();
        try {
            return service.validateForPrograms(document, originals);
        } finally {
            remove(document);
            originals.forEach(City::remove);
        }
    }

    /** To the highest level. */
    void extend(byte[] untrusted) {
        Document document = document(untrusted);
        try {
            WorkFolder.remove(extension.extend(document, List.of(), SignatureLevel.LTA).file());
        } finally {
            remove(document);
        }
    }

    private SignatureRequest request(Document document, SignatureLevel level, Packaging packaging, Particulars particulars) {
        return new SignatureRequest(document, level, packaging, SignatureAlgorithm.ECDSA_SHA256, key.chain(), Instant.now(), null, null, particulars);
    }

    private SignatureFormat format(String name) {
        return formats.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private Document document(byte[] octets) {
        try {
            return new Document(Files.write(folder.newFile(), octets), "qd.xml", octets.length, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Document document) {
        try {
            Files.deleteIfExists(document.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
