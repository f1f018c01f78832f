package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;

import antin.signing.TestClient;
import antin.signing.TestClient.Part;
import antin.signing.TestDocuments;
import antin.signing.TestService;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** docs/validation/limits.md, asked of the whole service over HTTP: each answer comes in time, and the next document is taken. */
@Timeout(60)
class LimitsTest {

    private static final long TEN_GB = 10L << 30;
    private static final int DEEP = 100_000;
    private static final String SEEN = "\"layout\":{\"page\":1,\"left\":100,\"top\":100,\"width\":60,\"height\":30,\"text\":\"Ủy ban nhân dân thành phố\"}";
    private static final String CATALOG = "<</Type/Catalog/Pages 2 0 R>>";
    private static final String PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>";

    private final TestClient client = new TestClient(TestService.shared());

    static Stream<Arguments> tooMuch() {
        return Stream.of(
            Arguments.of("PDF, a stream of objects of 10 GB", pdfWith("/Type/ObjStm/N 1/First 4")),
            Arguments.of("PDF, a stream of cross-references of 10 GB", pdfWith("/Type/XRef/W[1 2 2]/Size 9")),
            Arguments.of("ASiC, a file of 10 GB that says it has a thousand octets", Bombs.container(TEN_GB)),
            Arguments.of("XML, elements in elements", Bombs.nested("", "<a>", "1", "</a>", "", DEEP)),
            Arguments.of("JSON, arrays in arrays", Bombs.nested("{\"payload\":", "[", "", "]", "}", DEEP)),
            Arguments.of("JSON, objects in objects", Bombs.nested("", "{\"a\":", "1", "}", "", DEEP)),
            Arguments.of("CMS, sequences in sequences", Bombs.cms(DEEP)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooMuch")
    void refuses(String what, byte[] document) throws Exception {
        HttpResponse<byte[]> answer = client.validate(document);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(422);
        assertThat(TestClient.json(answer).get("type").asString()).endsWith("malformed-document");
        if (what.startsWith("PDF")) {
            refusesToSeal(document);
        }
        assertThat(client.validate(sealed("", TestDocuments.pdf(2_000))).statusCode()).isEqualTo(200);
    }

    /** What nobody has to read may be as deep as it likes. */
    @Test
    void comesBackFromAPageOfArraysInArrays() throws Exception {
        for (String deep : new String[] {"[".repeat(DEEP) + "]".repeat(DEEP), "<</A ".repeat(DEEP) + "1" + ">>".repeat(DEEP)}) {
            HttpResponse<byte[]> answer = client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\",\"level\":\"LTA\"}", raw("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/X " + deep + ">>"), "a.pdf");
            assertThat(answer.statusCode()).as(text(answer)).isIn(201, 422);
            if (answer.statusCode() == 201) {
                holds(answer.body());
            }
        }
    }

    private void refusesToSeal(byte[] document) {
        HttpResponse<byte[]> answer = client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\"}", document, "a.pdf");
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(422);
    }

    /** Nobody unpacks what a page shows, neither to sign nor to validate. */
    @Test
    void signsAPageWhoseContentIsTenGigabytes() throws Exception {
        RawPdf pdf = new RawPdf("%PDF-1.7\n").object(1, CATALOG).object(2, PAGES).object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>");
        holds(sealed("", Bombs.stream(pdf, 4, "", TEN_GB).end("/Root 1 0 R/Size 5")));
    }

    /** What was added is looked into, with a bound. */
    @Test
    void looksIntoNoPictureOfTenGigabytesThatWasAdded() throws Exception {
        byte[] signed = sealed("", page("595 842"));
        RawPdf later = new RawPdf(signed).object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[90 0 R]>>").object(90, "<</Type/Annot/Subtype/Stamp/Rect[10 10 20 20]/F 4/AP<</N 91 0 R>>>>");
        JsonNode report = TestClient.json(client.validate(Bombs.stream(later, 91, "/Type/XObject/Subtype/Form/BBox[0 0 10 10]", TEN_GB).end("/Root 1 0 R/Size 92")));
        assertThat(report.get("conclusion").asString()).isNotEqualTo("valid");
    }

    @Test
    void signsAHundredThousandObjects() throws Exception {
        RawPdf pdf = new RawPdf("%PDF-1.7\n").object(1, CATALOG).object(2, PAGES).object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>");
        for (int number = 4; number <= 100_000; number++) {
            pdf.object(number, "[" + number + "]");
        }
        holds(sealed(",\"level\":\"LTA\"", pdf.end("/Root 1 0 R/Size 100001")));
    }

    /** It is looked into for the part of PDF/A (ISO 19005-2, 6.6.4), where something shall be seen. */
    @Test
    void readsNoDescriptionOfTenGigabytes() {
        RawPdf pdf = new RawPdf("%PDF-1.7\n").object(1, CATALOG.replace("/Pages", "/Metadata 4 0 R/Pages")).object(2, PAGES).object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>");
        byte[] document = Bombs.stream(pdf, 4, "/Type/Metadata/Subtype/XML", TEN_GB).end("/Root 1 0 R/Size 5");
        HttpResponse<byte[]> answer = client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\"," + SEEN + "}", document, "a.pdf");
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(422);
    }

    /** DSS unpacks each stream of a security store. */
    @Test
    void readsNoCertificateOfTenGigabytes() throws Exception {
        byte[] signed = sealed("", page("595 842"));
        RawPdf later = new RawPdf(signed).object(90, "<</Certs[91 0 R]/OCSPs[91 0 R]/CRLs[91 0 R]/VRI<</A<</Cert[91 0 R]>>>>>>");
        byte[] forged = Bombs.stream(later, 91, "", TEN_GB).object(1, AttackedPdf.body(signed, 1).replace("/Pages", "/DSS 90 0 R/Pages")).end("/Root 1 0 R/Size 92");
        HttpResponse<byte[]> answer = client.validate(forged);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(422);
        for (String level : new String[] {"LT", "LTA"}) {
            assertThat(client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\",\"level\":\"" + level + "\"}", forged, "a.pdf").statusCode()).isEqualTo(422);
        }
    }

    @Test
    void findsItsPlaceAmongTwentyThousandPages() throws Exception {
        StringBuilder kids = new StringBuilder();
        RawPdf pdf = new RawPdf("%PDF-1.7\n").object(1, CATALOG.replace("/Pages", "/AcroForm<</Fields[20004 0 R]>>/Pages"));
        for (int number = 3; number < 20_003; number++) {
            pdf.object(number, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]" + (number == 20_002 ? "/Annots[20004 0 R]" : "") + ">>");
            kids.append(number).append(" 0 R ");
        }
        pdf.object(2, "<</Type/Pages/Count 20000/Kids[" + kids + "]>>").object(20_004, "<</Type/Annot/Subtype/Widget/FT/Sig/T(ky)/F 4/Rect[10 10 200 100]/P 20002 0 R>>");
        holds(sealed(",\"field\":\"ky\",\"layout\":{\"text\":\"Đã ký\"}", pdf.end("/Root 1 0 R/Size 20005")));
    }

    /** ISO 32000-2, table 31: in units of a 72nd of an inch; ten metres are 28,346. */
    @ParameterizedTest
    @MethodSource("sizes")
    void signsAPageOfTenMetres(String size) throws Exception {
        holds(sealed("," + SEEN, page(size)));
    }

    static Stream<String> sizes() {
        return Stream.of("28346 28346", "28346 842", "2147483647 2147483647");
    }

    private static byte[] page(String size) {
        return raw("<</Type/Page/Parent 2 0 R/MediaBox[0 0 " + size + "]>>");
    }

    /** @param page the third object */
    private static byte[] raw(String page) {
        return new RawPdf("%PDF-1.7\n").object(1, CATALOG).object(2, PAGES).object(3, page).end("/Root 1 0 R/Size 4");
    }

    private static byte[] pdfWith(String entries) {
        RawPdf pdf = new RawPdf("%PDF-1.7\n").object(1, CATALOG).object(2, PAGES).object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>");
        return Bombs.stream(pdf, 4, entries, TEN_GB).end("/Root 1 0 R/Size 5");
    }

    private byte[] sealed(String options, byte[] document) {
        HttpResponse<byte[]> answer = client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\"" + options + "}", document, "a.pdf");
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
        return answer.body();
    }

    private void holds(byte[] signed) throws Exception {
        JsonNode report = TestClient.json(client.validate(signed, new Part[0]));
        assertThat(report.get("conclusion").asString()).isEqualTo("valid");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), 0, Math.min(answer.body().length, 500), StandardCharsets.UTF_8);
    }
}
