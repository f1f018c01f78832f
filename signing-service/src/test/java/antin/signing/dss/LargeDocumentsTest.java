package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import antin.signing.signature.ValidationReport.Conclusion;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents larger than the heap would bear, signed and validated. {@code -Dantin.large=500} says how many MB. */
class LargeDocumentsTest {

    private static final int OCTETS = Integer.getInteger("antin.large", 40) << 20;
    private static final TestPki PKI = new TestPki();
    private static final TestSigning SIGNING = new TestSigning(PKI);

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @ParameterizedTest
    @CsvSource({"PAdES,ENVELOPED,LTA", "CAdES,DETACHED,LT", "XAdES,DETACHED,LT", "ASiC-E,DETACHED,LT"})
    void signsWithLittleMemory(String name, Packaging packaging, SignatureLevel level) throws Exception {
        signAndValidate(name, packaging, level, 1 << 20); // what the libraries load once, whatever the document
        try (HeapUse heap = new HeapUse()) {
            signAndValidate(name, packaging, level, OCTETS);
            System.out.printf("LARGE %s %s %s: %,d MB of heap%n", name, packaging, level, heap.growth() >> 20);
            assertThat(heap.growth()).as("octets of heap").isLessThan(Math.min(64 << 20, OCTETS / 2));
        }
        try (var left = Files.list(SIGNING.folder.path())) {
            assertThat(left).as("nothing is left").isEmpty();
        }
    }

    private static void signAndValidate(String name, Packaging packaging, SignatureLevel level, int octets) throws Exception {
        SignatureFormat format = SIGNING.format(name);
        Document document = file(name.equals("PAdES"), octets);
        TestKey key = TestKey.ec(PKI);
        long start = System.nanoTime();
        SignedDocument signed;
        try (PreparedSignature prepared = format.prepare(new SignatureRequest(document, level, packaging, SignatureAlgorithm.ECDSA_SHA256, key.chain(), Instant.now(), null, null))) {
            signed = prepared.complete(key.sign(SignatureAlgorithm.ECDSA_SHA256, prepared.toBeSigned()));
        }
        long signing = System.nanoTime();
        Document finished = new Document(signed.file(), signed.name(), Files.size(signed.file()), "");
        Conclusion conclusion = SIGNING.validation.validate(finished, packaging == Packaging.DETACHED && !name.startsWith("ASiC") ? List.of(document) : List.of()).conclusion();
        WorkFolder.remove(signed.file());
        WorkFolder.remove(document.file());
        System.out.printf("LARGE %s %s %s, %,d octets: %,d ms signing, %,d ms validating%n", name, packaging, level, octets, (signing - start) / 1_000_000, (System.nanoTime() - signing) / 1_000_000);
        assertThat(conclusion).isEqualTo(Conclusion.VALID);
    }

    private static Document file(boolean pdf, int octets) throws IOException {
        Path file = SIGNING.folder.newFile();
        try (OutputStream out = Files.newOutputStream(file)) {
            String head = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
                + "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Noise 4 0 R >>\nendobj\n";
            String begin = "4 0 obj\n<< /Length " + octets + " >>\nstream\n";
            if (pdf) {
                out.write((head + begin).getBytes(StandardCharsets.US_ASCII));
            }
            byte[] noise = new byte[1 << 20];
            Random random = new Random(1);
            for (int i = 0; i < octets >> 20; i++) {
                random.nextBytes(noise);
                out.write(noise);
            }
            if (pdf) {
                String table = "xref\n0 5\n0000000000 65535 f \n%010d 00000 n \n%010d 00000 n \n%010d 00000 n \n%010d 00000 n \n".formatted(head.indexOf("1 0 obj"), head.indexOf("2 0 obj"), head.indexOf("3 0 obj"), head.length());
                long start = head.length() + begin.length() + (long) octets + "\nendstream\nendobj\n".length();
                out.write(("\nendstream\nendobj\n" + table + "trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        return new Document(file, pdf ? "lớn.pdf" : "lớn.bin", Files.size(file), "");
    }

    /** Collects often, and remembers the most that was in use afterwards. */
    private static final class HeapUse implements AutoCloseable {

        private final long before;
        private final Thread watch;
        private volatile long most;
        private volatile boolean over;

        HeapUse() {
            before = used();
            most = before;
            watch = Thread.ofPlatform().daemon().start(() -> {
                while (!over) {
                    most = Math.max(most, used());
                    java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
                }
            });
        }

        long growth() {
            return most - before;
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            watch.join();
        }

        private static long used() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }
}
