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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
        assertThat(bySantuario(signed)).isTrue();
        assertThat(bySantuario(new String(signed, StandardCharsets.UTF_8).replace("Văn A", "Văn B").getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    private static byte[] xml(SignatureLevel level, Packaging packaging, SignatureAlgorithm algorithm) {
        return SIGNING.sign(SIGNING.xades, SIGNING.document("qd.xml", TestDocuments.xml().getBytes(StandardCharsets.UTF_8)), level, packaging, algorithm,
            algorithm.keyAlgorithm().equals("EC") ? EC : RSA);
    }

    private static boolean bySantuario(byte[] signed) throws Exception {
        Init.init();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(signed));
        Element properties = (Element) document.getElementsByTagNameNS(XADES, "SignedProperties").item(0);
        properties.setIdAttributeNS(null, "Id", true);
        XMLSignature signature = new XMLSignature((Element) document.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature").item(0), "");
        return signature.checkSignatureValue(RSA.certificate());
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
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
