package antin.signing.dss;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.tls.PemFile;
import antin.signing.TestDocuments;
import antin.signing.TestKey;
import antin.signing.attack.Cms;
import antin.signing.attack.XmlSigner;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.EncryptionAlgorithm;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.ToBeSigned;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.signature.AbstractSignatureParameters;
import eu.europa.esig.dss.signature.DocumentSignatureService;
import eu.europa.esig.dss.signature.MultipleDocumentsSignatureService;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Calendar;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;

/** Signatures by programs and libraries that are not the service: openssl, xmlsec1, pdfsig, Bouncy Castle, PDFBox, the JDK, and DSS used otherwise. */
final class OtherProducers {

    private final Path folder;

    OtherProducers(Path folder) {
        this.folder = folder;
    }

    /** @param options such as {@code -nodetach}; each signer's own options come after its key */
    byte[] openssl(byte[] content, List<TestKey> signers, List<String> options, String... ofKey) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl", "cms", "-sign", "-binary", "-cades", "-md", "sha256", "-outform", "DER", "-in", write("content", content), "-out", folder.resolve("cms").toString()));
        command.addAll(options);
        command.addAll(List.of("-certfile", write("issuing.pem", PemFile.encode(signers.getFirst().chain().subList(1, 2)))));
        for (TestKey signer : signers) {
            command.addAll(List.of("-signer", write(signer.name() + ".crt", PemFile.encode(signer.chain().subList(0, 1))), "-inkey", key(signer)));
            command.addAll(List.of(ofKey));
        }
        run(command);
        return Files.readAllBytes(folder.resolve("cms"));
    }

    /** @param method such as {@code ecdsa-sha256} */
    byte[] xmlsec(String xml, TestKey key, String method) throws Exception {
        String template = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>"
            + "<ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#" + method + "\"/><ds:Reference URI=\"\"><ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>"
            + "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></ds:Transforms><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>"
            + "<ds:SignatureValue/><ds:KeyInfo><ds:X509Data/></ds:KeyInfo></ds:Signature>";
        int end = xml.lastIndexOf("</");
        String file = write("template.xml", (xml.substring(0, end) + template + xml.substring(end)).getBytes(StandardCharsets.UTF_8));
        String keys = key(key) + "," + write("own.pem", PemFile.encode(key.chain().subList(0, 1))) + "," + write("issuing.pem", PemFile.encode(key.chain().subList(1, 2)));
        run(List.of("xmlsec1", "--sign", "--privkey-pem", keys, "--output", folder.resolve("signed.xml").toString(), file));
        return Files.readAllBytes(folder.resolve("signed.xml"));
    }

    byte[] pdfsig(byte[] pdf, TestKey key) throws Exception {
        for (String program : List.of("certutil", "pk12util")) {
            needs(program);
        }
        Path store = Files.createTempDirectory(folder, "nss");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("ky", key.key(), "matkhau".toCharArray(), key.chain().toArray(X509Certificate[]::new));
        try (OutputStream out = Files.newOutputStream(folder.resolve("key.p12"))) {
            keys.store(out, "matkhau".toCharArray());
        }
        run(List.of("certutil", "-N", "-d", "sql:" + store, "--empty-password"));
        run(List.of("pk12util", "-i", folder.resolve("key.p12").toString(), "-d", "sql:" + store, "-W", "matkhau", "-K", ""));
        run(List.of("pdfsig", "-nssdir", store.toString(), "-add-signature", "-nick", "ky", "-reason", "Phe duyet", write("in.pdf", pdf), folder.resolve("out.pdf").toString()));
        return Files.readAllBytes(folder.resolve("out.pdf"));
    }

    /** PDFBox writes the revision, Bouncy Castle the CMS. */
    static byte[] pdfbox(byte[] pdf, TestKey key, COSName kind) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf); ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            PDSignature signature = new PDSignature();
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(kind);
            signature.setName("Văn phòng");
            signature.setSignDate(Calendar.getInstance());
            document.addSignature(signature, content -> {
                try {
                    return Cms.detached(content.readAllBytes(), key);
                } catch (Exception e) {
                    throw new IOException(e);
                }
            });
            document.saveIncremental(out);
            return out.toByteArray();
        }
    }

    static byte[] jdk(boolean xades, TestKey key) throws Exception {
        XmlSigner signer = new XmlSigner(key).over("", XmlSigner.enveloped(), XmlSigner.canonical(XmlSigner.EXCLUSIVE));
        return (xades ? signer : signer.plain()).sign(TestDocuments.xml());
    }

    /** By DSS with parameters of one's own. */
    static <P extends AbstractSignatureParameters<?>> byte[] dss(DocumentSignatureService<P, ?> service, P parameters, TestKey key, byte[] file, String name) {
        prepare(parameters, key);
        DSSDocument document = new InMemoryDocument(file, name);
        return bytes(service.signDocument(document, parameters, value(key, service.getDataToSign(document, parameters))));
    }

    static <P extends AbstractSignatureParameters<?>> byte[] dss(MultipleDocumentsSignatureService<P, ?> service, P parameters, TestKey key, List<DSSDocument> files) {
        prepare(parameters, key);
        return bytes(service.signDocument(files, parameters, value(key, service.getDataToSign(files, parameters))));
    }

    static void prepare(AbstractSignatureParameters<?> parameters, TestKey key) {
        parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
        parameters.setEncryptionAlgorithm(EncryptionAlgorithm.ECDSA);
        parameters.setSigningCertificate(new CertificateToken(key.chain().getFirst()));
        parameters.setCertificateChain(key.chain().stream().map(CertificateToken::new).toList());
    }

    static SignatureValue value(TestKey key, ToBeSigned data) {
        return new SignatureValue(eu.europa.esig.dss.enumerations.SignatureAlgorithm.ECDSA_SHA256, key.sign(SignatureAlgorithm.ECDSA_SHA256, data.getBytes()));
    }

    static byte[] bytes(DSSDocument document) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            document.writeTo(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String key(TestKey key) throws IOException {
        PrivateKey secret = key.key();
        return write(key.name() + ".key", "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(secret.getEncoded()) + "\n-----END PRIVATE KEY-----\n");
    }

    private String write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.US_ASCII));
    }

    private String write(String name, byte[] octets) throws IOException {
        return Files.write(folder.resolve(name), octets).toString();
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        needs(command.getFirst());
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.getFirst() + ": " + said);
        }
    }

    private static void needs(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        if (!there) {
            System.err.println("SKIPPED: the program " + program + " is not installed, so that nothing that it signs was validated.");
        }
        assumeTrue(there, program + " is not installed");
    }
}
