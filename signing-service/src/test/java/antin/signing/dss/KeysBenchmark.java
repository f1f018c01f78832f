package antin.signing.dss;

import antin.kernel.SecretFile;
import antin.kernel.key.KeyRing;
import antin.kernel.key.KeyRing.KeyType;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.keys.pkcs11.Pkcs11KeyRing;
import antin.keys.pkcs11.Pkcs11Settings;
import antin.keys.pkcs11.SampleToken;
import antin.keys.pkcs11.SoftHsm;
import antin.keys.pkcs12.Pkcs12KeyRing;
import antin.signing.Median;
import antin.signing.TestDocuments;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import eu.europa.esig.dss.enumerations.EncryptionAlgorithm;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxNativeObjectFactory;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Behind {@code benchmarks/signing}: PAdES-B with each kind of key, beside the bare key operation and hash, and beside DSS as it comes, which does not look at what it made. Argument: seconds for each measurement. */
final class KeysBenchmark {

    private final TestPki pki = new TestPki();
    private final TestSigning signing = new TestSigning(pki);
    private final List<String> figures = new ArrayList<>();
    private final Duration time;

    private KeysBenchmark(Duration time) {
        this.time = time;
    }

    public static void main(String[] arguments) throws Exception {
        KeysBenchmark benchmark = new KeysBenchmark(Duration.ofSeconds(Integer.parseInt(arguments[0])));
        Path folder = Files.createTempDirectory("keys-benchmark");
        SecretFile.write(folder.resolve("password"), "một mật khẩu dài của phép đo");
        KeyRing files = new Pkcs12KeyRing(folder.resolve("keys"), folder.resolve("password"), Clock.systemUTC());
        benchmark.measure("rsa-2048", TestKey.rsa(benchmark.pki, 2048), SignatureAlgorithm.RSA_SHA256);
        benchmark.measure("rsa-3072", benchmark.made(files, KeyType.RSA_3072), SignatureAlgorithm.RSA_SHA256);
        benchmark.measure("p-256", benchmark.made(files, KeyType.EC_P256), SignatureAlgorithm.ECDSA_SHA256);
        if (Files.exists(SoftHsm.LIBRARY)) {
            SoftHsm token = new SoftHsm(folder);
            SampleToken.prepare(SoftHsm.LIBRARY, token.label, token.pinFile);
            KeyRing ring = Pkcs11KeyRing.open(new Pkcs11Settings(SoftHsm.LIBRARY, token.label, token.pinFile, Pkcs11Settings.USUAL_SESSIONS));
            benchmark.measure("softhsm-rsa-3072", benchmark.made(ring, KeyType.RSA_3072), SignatureAlgorithm.RSA_SHA256);
            benchmark.measure("softhsm-p-256", benchmark.made(ring, KeyType.EC_P256), SignatureAlgorithm.ECDSA_SHA256);
        } else {
            System.out.println("SoftHSM is not here: keys in a token are not measured.");
        }
        benchmark.figures.forEach(System.out::println);
        System.exit(0);
    }

    private SigningKey made(KeyRing ring, KeyType type) {
        String name = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return ring.complete(name, pki.chain(pki.signer("CN=" + name + ",O=Thành phố,C=VN", ring.pending(name, type).publicKey())));
    }

    private void measure(String name, SigningKey key, SignatureAlgorithm algorithm) throws Exception {
        for (int kilobytes : new int[] {100, 1_000}) {
            byte[] pdf = TestDocuments.pdf(kilobytes * 1_000);
            Document document = signing.document("a.pdf", pdf);
            byte[] attributes = new byte[200];
            double limit = median(() -> {
                MessageDigest.getInstance("SHA-256").digest(pdf);
                return key.sign(algorithm, attributes);
            });
            double ours = median(() -> ours(document, key, algorithm));
            double dss = median(() -> dss(document, key, algorithm));
            String size = kilobytes == 100 ? "100k" : "1m";
            System.out.printf(Locale.ROOT, "%s, %s: key and hash %.2f ms, ours %.2f ms, DSS as it comes %.2f ms%n", name, size, limit, ours, dss);
            double most = kilobytes == 100 ? 1.0 : 1.7;
            figures.add(String.format(Locale.ROOT, "figure %s-%s-overhead-ms %.2f ms target <= %.1f %s", name, size, ours - limit, most, ours - limit <= most ? "ok" : "short"));
            figures.add(String.format(Locale.ROOT, "figure %s-%s-dss-overhead-vs-ours %.2f ratio target >= 1.0 %s", name, size, (dss - limit) / (ours - limit), dss >= ours ? "ok" : "short"));
        }
    }

    private Object ours(Document document, SigningKey key, SignatureAlgorithm algorithm) throws Exception {
        SignatureRequest request = new SignatureRequest(document, SignatureLevel.B, Packaging.ENVELOPED, algorithm, key.chain(), Clock.systemUTC().instant(), null, null);
        try (PreparedSignature prepared = signing.pades.prepare(request)) {
            Path file = prepared.complete(key.sign(algorithm, prepared.toBeSigned())).file();
            Files.delete(file);
            return file;
        }
    }

    private Object dss(Document document, SigningKey key, SignatureAlgorithm algorithm) throws Exception {
        PAdESService service = new PAdESService(signing.trust.verifier());
        service.setPdfObjFactory(new PdfBoxNativeObjectFactory());
        PAdESSignatureParameters parameters = new PAdESSignatureParameters();
        parameters.setSignatureLevel(eu.europa.esig.dss.enumerations.SignatureLevel.PAdES_BASELINE_B);
        parameters.setSigningCertificate(signing.trust.certificates().token(key.chain().getFirst()));
        parameters.setCertificateChain(signing.trust.certificates().tokens(key.chain()));
        parameters.setDigestAlgorithm(Trust.digest(algorithm));
        EncryptionAlgorithm encryption = algorithm.keyAlgorithm().equals("EC") ? EncryptionAlgorithm.ECDSA : EncryptionAlgorithm.RSA;
        parameters.setEncryptionAlgorithm(encryption);
        parameters.bLevel().setSigningDate(new Date());
        FileDocument file = new FileDocument(document.file().toFile());
        byte[] value = key.sign(algorithm, service.getDataToSign(file, parameters).getBytes());
        SignatureValue wrapped = new SignatureValue(eu.europa.esig.dss.enumerations.SignatureAlgorithm.getAlgorithm(encryption, Trust.digest(algorithm)), value);
        Path made = signing.folder.newFile();
        try (OutputStream out = Files.newOutputStream(made)) {
            service.signDocument(file, parameters, wrapped).writeTo(out);
        }
        Files.delete(made);
        return made;
    }

    private double median(Callable<?> work) throws Exception {
        return Median.of(work, time);
    }
}
