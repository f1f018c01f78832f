package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers, CMS and JSON of a stranger's, before a library reads them. */
class UntrustedFilesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void takesAContainerAsMade() throws IOException {
        UntrustedContainer.check(document(zip("mimetype", "qđ.txt", "META-INF/signatures.xml")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc/passwd", "/etc/passwd", "a/../../b", "a\\b", "C:x", "./a", "a\u0000b"})
    void refusesANameThatLeadsElsewhere(String name) throws IOException {
        refused("leads elsewhere", () -> UntrustedContainer.check(document(zip(name))));
    }

    @Test
    void refusesANameThatComesTwice() throws IOException {
        refused("another has too", () -> UntrustedContainer.check(document(zip("a.txt", "A.TXT"))));
    }

    @Test
    void refusesWhatUnpacksToTooMuch() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            zip.write(new byte[20 << 20]);
        }
        refused("unpacks to too much", () -> UntrustedContainer.check(document(out.toByteArray())));
    }

    @Test
    void refusesADirectoryThatTellsOfOtherEntries() throws IOException {
        byte[] whole = zip("a.txt", "b.txt");
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        byte[] forged = (text.substring(0, text.lastIndexOf("b.txt")) + "c.txt" + text.substring(text.lastIndexOf("b.txt") + 5)).getBytes(StandardCharsets.ISO_8859_1);
        refused("differ", () -> UntrustedContainer.check(document(forged)));
    }

    @Test
    void refusesADocumentTypeInsideAContainer() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("META-INF/signatures.xml"));
            zip.write("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>".getBytes(StandardCharsets.US_ASCII));
        }
        refused("DTD", () -> UntrustedContainer.check(document(out.toByteArray())));
    }

    @Test
    void refusesCmsThatIsDeepOrCutOff() throws IOException {
        byte[] deep = new byte[400];
        for (int i = 0; i < deep.length; i += 2) {
            deep[i] = 0x30;
            deep[i + 1] = (byte) 0x80;
        }
        refused("CMS", () -> UntrustedCms.check(document(deep)));
        refused("CMS", () -> UntrustedCms.check(document(new byte[] {0x30, 5, 2, 1, 1})));
        refused("CMS", () -> UntrustedCms.check(document(new byte[] {0x30, 3, 2, 1, 1, 0})));
        refused("CMS", () -> UntrustedCms.check(document(new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1})));
        UntrustedCms.check(document(new byte[] {0x30, (byte) 0x80, 2, 1, 1, 0, 0}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"a\":", "{} {}", "eyJ.a", "eyJ.a.b.c", "eyJ.a b.c"})
    void refusesJsonThatTwoReadersCouldReadDifferently(String json) throws IOException {
        assertThatThrownBy(() -> UntrustedJson.check(document(json.getBytes(StandardCharsets.UTF_8))))
            .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.MALFORMED_DOCUMENT));
    }

    @Test
    void refusesJsonThatIsDeep() throws IOException {
        refused("nested too deeply", () -> UntrustedJson.check(document(("{\"a\":".repeat(100) + "1" + "}".repeat(100)).getBytes(StandardCharsets.UTF_8))));
        UntrustedJson.check(document("{\"payload\":\"e30\",\"signature\":\"\"}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesAPdfWhoseObjectsWouldFillTheHeap() throws IOException {
        String many = "endobj 7 0 obj <</A 1>> ";
        refused("more objects", () -> UntrustedPdf.check(pdf(many.repeat(400_000))));
        refused("more objects", () -> UntrustedPdf.check(pdf("4 0 obj <<" + "/K 1 ".repeat(700_000) + ">> endobj")));
        refused("more objects", () -> UntrustedPdf.check(pdf("4 0 obj [" + "1 ".repeat(2_100_000) + "] endobj")));
        refused("more objects", () -> UntrustedPdf.check(pdf("4 0 obj <</Length 9>> stream\n" + many.repeat(600_000) + "endstream")));
        refused("more objects", () -> UntrustedPdf.check(pdf("4 0 obj <</Type/ObjStm/First 4/N 1>> stream\n" + "<</A 1>> ".repeat(500_000) + "endstream endobj")));
        UntrustedPdf.check(pdf(many.repeat(100_000)));
    }

    @Test
    void refusesAPdfThatUnpacksToMoreThanTheHeap() throws IOException {
        refused("more objects", () -> UntrustedPdf.check(packed("/Type/ObjStm/N 1/First 4", "[".repeat(1_000_000))));
        refused("more objects", () -> UntrustedPdf.check(packed("/W[1]/Type/ObjStm/N 1/First 4", "[".repeat(1_000_000))));
        refused("more objects", () -> UntrustedPdf.check(packed("/Type/XRef/W[1 2 2]", "12345".repeat(800_000))));
        refused("unpacks to too much", () -> UntrustedPdf.check(packed("/Type/ObjStm/N 1/First 4", "a".repeat(140 << 20))));
        UntrustedPdf.check(packed("/Type/ObjStm/N 1/First 4", "6 0 <</A 1>>"));
        refused("for certain", () -> UntrustedPdf.check(packed("/First 4/N 1/P(" + "a".repeat(9_000) + ")", "[")));
        refused("for certain", () -> UntrustedPdf.check(packed("/First 4/N 1/P(an obj here)", "[")));
        refused("for certain", () -> UntrustedPdf.check(pdf("4 0 obj <</First 4/N 1>>%a>>b\nstream\nx\nendstream endobj")));
        UntrustedPdf.check(pdf("4 0 obj <</Length 30>>\nstream\nBT (a live stream of words) Tj ET\nendstream endobj"));
        refused("not taken", () -> UntrustedPdf.check(pdf("4 0 obj <</First 4/N 1/Filter 7 0 R>> stream\nx\nendstream endobj")));
        refused("not taken", () -> UntrustedPdf.check(pdf("4 0 obj <</First 4/N 1/Filter[7 0 R/FlateDecode]>> stream\nx\nendstream endobj")));
    }

    @Test
    void takesAPdfWhoseStreamsArePacked() throws IOException {
        byte[] packed = new byte[8 << 20];
        new Random(7).nextBytes(packed);
        UntrustedPdf.check(pdf("4 0 obj <</Length 8388608>> stream\n" + new String(packed, StandardCharsets.ISO_8859_1) + "\nendstream endobj"));
    }

    private Document pdf(String body) throws IOException {
        return document(("%PDF-1.7\n" + body).getBytes(StandardCharsets.ISO_8859_1));
    }

    private Document packed(String dictionary, String objects) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(objects.getBytes(StandardCharsets.ISO_8859_1));
        }
        return pdf("4 0 obj <<" + dictionary + "/Filter/FlateDecode>> stream\n" + out.toString(StandardCharsets.ISO_8859_1) + "\nendstream endobj");
    }

    private static void refused(String why, org.assertj.core.api.ThrowableAssert.ThrowingCallable check) {
        assertThatThrownBy(check).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.MALFORMED_DOCUMENT)).hasMessageContaining(why);
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("<a/>".getBytes(StandardCharsets.US_ASCII));
            }
        }
        return out.toByteArray();
    }

    private Document document(byte[] octets) throws IOException {
        Path file = Files.write(WorkFolder.open(folder.resolve("work")).newFile(), octets);
        return new Document(file, "doc", octets.length, "");
    }
}
