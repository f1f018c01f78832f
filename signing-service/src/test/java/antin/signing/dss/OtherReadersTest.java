package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.tls.PemFile;
import antin.signing.TestDocuments;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import com.nimbusds.jose.JWSObjectJSON;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.xml.security.Init;
import org.apache.xml.security.signature.XMLSignature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What readers that share no line with DSS say of what we write. */
class OtherReadersTest {

    private static final TestPki PKI = new TestPki();
    private static final TestKey RSA = TestKey.rsa(PKI);
    private static final TestKey EC = TestKey.ec(PKI);
    private static final TestSigning SIGNING = new TestSigning(PKI);
    private static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeTrust() throws IOException, GeneralSecurityException {
        Files.writeString(folder.resolve("root.pem"), PemFile.encode(List.of(PKI.root.certificate())));
        Files.writeString(folder.resolve("issuing.pem"), PemFile.encode(List.of(PKI.issuing.certificate())));
    }

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @ParameterizedTest
    @EnumSource
    void pdfsigTrustsEachLevel(SignatureLevel level) throws Exception {
        String said = pdfsig(SIGNING.pdf(60_000, level, SignatureAlgorithm.RSA_PSS_SHA256, RSA));
        assertThat(said).contains("Signature is Valid.", "Certificate is Trusted.");
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_PSS_SHA512", "RSA_SHA256", "ECDSA_SHA256", "ECDSA_SHA384"})
    void pdfsigTrustsOtherAlgorithms(SignatureAlgorithm algorithm) throws Exception {
        String said = pdfsig(SIGNING.pdf(5_000, SignatureLevel.B, algorithm, algorithm.keyAlgorithm().equals("EC") ? EC : RSA));
        assertThat(said).contains("Signature is Valid.", "Certificate is Trusted.");
    }

    @Test
    void pdfsigSeesOneChangedByte() throws Exception {
        byte[] signed = SIGNING.pdf(60_000, SignatureLevel.LTA, SignatureAlgorithm.RSA_PSS_SHA256, RSA);
        signed[600] ^= 1;
        assertThat(pdfsig(signed)).contains("Digest Mismatch").doesNotContain("Signature is Valid.");
    }

    @Test
    void opensslAcceptsTheDocumentTimeStamp() throws Exception {
        byte[] pdf = SIGNING.pdf(60_000, SignatureLevel.LTA, SignatureAlgorithm.RSA_PSS_SHA256, RSA);
        assertThat(timeStamp(pdf)).contains("Verification: OK");
        pdf[600] ^= 1;
        assertThat(timeStamp(pdf)).contains("Verification: FAILED");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = "RSA_PSS.*")
    void xmlsecAcceptsWhatItKnows(SignatureAlgorithm algorithm) throws Exception {
        needs("xmlsec1");
        for (Packaging packaging : new Packaging[] {Packaging.ENVELOPED, Packaging.ENVELOPING}) {
            Path file = Files.write(folder.resolve("a.xml"), xml(SignatureLevel.LTA, packaging, algorithm));
            assertThat(run("xmlsec1", "--verify", "--id-attr:Id", XADES + ":SignedProperties", "--id-attr:Id", "http://www.w3.org/2000/09/xmldsig#:Object",
                "--trusted-pem", folder.resolve("root.pem").toString(), "--untrusted-pem", folder.resolve("issuing.pem").toString(), file.toString()))
                .as(packaging.name()).startsWith("OK");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "RSA_PSS.*")
    void santuarioAcceptsPss(SignatureAlgorithm algorithm) throws Exception {
        byte[] signed = xml(SignatureLevel.LTA, Packaging.ENVELOPED, algorithm);
        assertThat(bySantuario(signed, RSA.certificate())).isTrue();
        assertThat(bySantuario(new String(signed, StandardCharsets.UTF_8).replace("Văn A", "Văn B").getBytes(StandardCharsets.UTF_8), RSA.certificate())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void opensslAcceptsCades(SignatureAlgorithm algorithm) throws Exception {
        byte[] file = "Quyết định\n".getBytes(StandardCharsets.UTF_8);
        Path original = Files.write(folder.resolve("qd.txt"), file);
        for (SignatureLevel level : SignatureLevel.values()) {
            assertThat(cms(signed("CAdES", file, level, Packaging.DETACHED, algorithm), "-content", original.toString())).as(level.name()).contains("Verification successful");
            assertThat(cms(signed("CAdES", file, level, Packaging.ENVELOPING, algorithm))).as(level.name()).contains("Verification successful");
        }
        byte[] signed = signed("CAdES", file, SignatureLevel.B, Packaging.DETACHED, algorithm);
        assertThat(cms(signed, "-content", Files.writeString(folder.resolve("other.txt"), "khác").toString())).doesNotContain("Verification successful");
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_PSS_SHA256", "RSA_SHA512", "ECDSA_SHA256"})
    void nimbusAcceptsJades(SignatureAlgorithm algorithm) throws Exception {
        String signed = new String(signed("JAdES", "{}".getBytes(StandardCharsets.UTF_8), SignatureLevel.LTA, Packaging.ENVELOPING, algorithm), StandardCharsets.UTF_8);
        assertThat(byNimbus(signed, algorithm)).isTrue();
        assertThat(byNimbus(signed.replace("\"e30\"", "\"e31\""), algorithm)).isFalse();
    }

    /** Unpacked by the JDK, and the signature read by a program that knows XML signatures only. */
    @ParameterizedTest
    @ValueSource(strings = {"ASiC-S", "ASiC-E"})
    void xmlsecAcceptsWhatIsInAContainer(String format) throws Exception {
        needs("xmlsec1");
        byte[] container = signed(format, "Quyết định\n".getBytes(StandardCharsets.UTF_8), SignatureLevel.LT, Packaging.DETACHED, SignatureAlgorithm.ECDSA_SHA256);
        assertThat(new String(container, 30, 8, StandardCharsets.US_ASCII)).as("ETSI EN 319 162-1, A.1: the first entry, not compressed").isEqualTo("mimetype");
        Path unpacked = Files.createDirectories(folder.resolve(format));
        Path signature = folder;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = unpacked.resolve(entry.getName());
                Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
                Files.write(file, zip.readAllBytes());
                signature = entry.getName().contains("signatures") ? file : signature;
            }
        }
        String[] verify = {"xmlsec1", "--verify", "--id-attr:Id", XADES + ":SignedProperties", "--trusted-pem", folder.resolve("root.pem").toString(), "--untrusted-pem",
            folder.resolve("issuing.pem").toString(), signature.toString()};
        assertThat(run(unpacked, verify)).startsWith("OK");
        Files.writeString(unpacked.resolve("qd.txt"), "khác");
        assertThat(run(unpacked, verify)).doesNotStartWith("OK");
    }

    private static byte[] signed(String format, byte[] file, SignatureLevel level, Packaging packaging, SignatureAlgorithm algorithm) {
        return SIGNING.sign(SIGNING.format(format), SIGNING.document("qd.txt", file), level, packaging, algorithm, algorithm.keyAlgorithm().equals("EC") ? EC : RSA);
    }

    private static String cms(byte[] signed, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", Files.write(folder.resolve("a.p7s"), signed).toString(),
            "-CAfile", folder.resolve("root.pem").toString(), "-certfile", folder.resolve("issuing.pem").toString(), "-purpose", "any", "-out", "/dev/null"));
        command.addAll(List.of(more));
        return run(command.toArray(String[]::new));
    }

    private static boolean byNimbus(String signed, SignatureAlgorithm algorithm) throws Exception {
        JWSVerifier verifier = algorithm.keyAlgorithm().equals("EC") ? new ECDSAVerifier((ECPublicKey) EC.certificate().getPublicKey())
            : new RSASSAVerifier((RSAPublicKey) RSA.certificate().getPublicKey());
        return JWSObjectJSON.parse(signed).getSignatures().getFirst().verify(verifier);
    }

    private static byte[] xml(SignatureLevel level, Packaging packaging, SignatureAlgorithm algorithm) {
        return SIGNING.sign(SIGNING.xades, SIGNING.document("qd.xml", TestDocuments.xml().getBytes(StandardCharsets.UTF_8)), level, packaging, algorithm,
            algorithm.keyAlgorithm().equals("EC") ? EC : RSA);
    }

    static boolean bySantuario(byte[] signed, java.security.cert.X509Certificate certificate) throws Exception {
        Init.init();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(signed));
        Element properties = (Element) document.getElementsByTagNameNS(XADES, "SignedProperties").item(0);
        properties.setIdAttributeNS(null, "Id", true);
        XMLSignature signature = new XMLSignature((Element) document.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature").item(0), "");
        return signature.checkSignatureValue(certificate);
    }

    private static String pdfsig(byte[] pdf) throws Exception {
        needs("pdfsig");
        needs("certutil");
        Path store = folder.resolve("nss");
        if (Files.notExists(store)) {
            Files.createDirectories(store);
            run("certutil", "-N", "-d", "sql:" + store, "--empty-password");
            run("certutil", "-A", "-d", "sql:" + store, "-n", "root", "-t", "C,C,C", "-i", folder.resolve("root.pem").toString());
        }
        return run("pdfsig", "-nssdir", store.toString(), "-no-ocsp", Files.write(folder.resolve("a.pdf"), pdf).toString());
    }

    /** The token lies in the last signature of the file, over all but itself (ETSI EN 319 142-1, 5.4.3). */
    private static String timeStamp(byte[] pdf) throws Exception {
        Matcher ranges = Pattern.compile("/ByteRange\\s*\\[\\s*0 (\\d+) (\\d+) (\\d+)\\s*]").matcher(new String(pdf, StandardCharsets.ISO_8859_1));
        int begin = 0;
        int end = 0;
        while (ranges.find()) {
            begin = Integer.parseInt(ranges.group(1));
            end = Integer.parseInt(ranges.group(2));
        }
        ByteArrayOutputStream covered = new ByteArrayOutputStream();
        covered.write(pdf, 0, begin);
        covered.write(pdf, end, pdf.length - end);
        String token = new String(pdf, begin + 1, end - begin - 2, StandardCharsets.US_ASCII);
        Files.write(folder.resolve("covered"), covered.toByteArray());
        Files.write(folder.resolve("token"), HexFormat.of().parseHex(token));
        return run("openssl", "ts", "-verify", "-data", folder.resolve("covered").toString(), "-in", folder.resolve("token").toString(), "-token_in",
            "-CAfile", folder.resolve("root.pem").toString(), "-untrusted", folder.resolve("issuing.pem").toString());
    }

    private static void needs(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        if (!there) {
            System.err.println("SKIPPED: the program " + program + " is not installed, so that our output was not read by it.");
        }
        assumeTrue(there, program + " is not installed");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        return run(folder, command);
    }

    private static String run(Path here, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(here.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
