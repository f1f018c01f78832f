package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.signing.report.Bilingual;
import antin.signing.report.ReadableReport;
import antin.signing.report.Sheet;
import antin.signing.signature.Document;
import antin.signing.signature.SignedContent;
import antin.signing.signature.SignedContent.Revision;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import antin.signing.signature.ValidationReport.SignatureReport;
import antin.signing.signature.ValidationReport.Signer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;

class PdfPrinterTest {

    private static final Instant CHECKED = Instant.parse("2026-11-23T03:11:12Z");
    private static final String SHA256 = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";
    private final ReadableReport reports = new ReadableReport(new Bilingual());

    @TempDir
    private Path folder;

    @Test
    void saysEverythingInBothLanguages() throws Exception {
        String text = text(print(sheet("quyết định 12.pdf", signature(Conclusion.VALID, "Ủy ban nhân dân Thành phố"), signature(Conclusion.INVALID, "Nguyễn Văn An", "HASH_FAILURE"))));
        assertThat(text).contains("Báo cáo kiểm tra chữ ký số", "Report on the check of digital signatures", "Không hợp lệ", "Not valid", "quyết định 12.pdf", SHA256,
            "Chữ ký 1 trên 2: hợp lệ", "Signature 2 of 2: not valid", "Ủy ban nhân dân Thành phố", "Nguyễn Văn An (ghi trong chứng thư, chưa được xác nhận)", "23/11/2026 10:10:00 UTC+07",
            "Không muộn hơn 23/11/2026 10:10:01 UTC+07, theo dấu thời gian", "Nội dung đã bị thay đổi sau khi ký.", "The content was changed after signing.", "Bản 1 trên 2 của tệp PDF: 84.210 byte trên tổng số 103.156 byte hiện có", "Revision 1 of 2",
            "Tệp phụ lục.txt", "Trang 2/2 · Page 2 of 2");
    }

    @Test
    void flowsOverPagesWithinTheirEdges() throws Exception {
        SignatureReport[] many = IntStream.range(0, 60).mapToObj(i -> signature(Conclusion.VALID, "Người thứ " + i + " " + "rất".repeat(80))).toArray(SignatureReport[]::new);
        Path file = print(sheet("x".repeat(190) + ".pdf", many));
        String text = text(file);
        assertThat(text).contains("Chữ ký 60 trên 60: hợp lệ").containsPattern("Trang 1/[1-4][0-9] ");
        IntStream.range(0, 60).forEach(i -> assertThat(text).contains("Người thứ " + i + " "));
        assertThat(outside(file)).isEmpty();
    }

    @Test
    void isTheSameFileForTheSameSheet() throws Exception {
        Sheet sheet = sheet("a.pdf", signature(Conclusion.VALID, "Trần Thị Bình"));
        assertThat(Files.mismatch(print(sheet), print(sheet))).isEqualTo(-1);
    }

    @Test
    void writesWhatTheFontDoesNotHaveWithoutFailing() throws Exception {
        String text = text(print(sheet("合同 \uD83D\uDE00 \u202Efdp.exe\nHợp lệ.pdf", signature(Conclusion.VALID, "\u0000\u0007 tên\r\nHợp lệ e\u0302\u0301"))));
        assertThat(text).contains("?? ? fdp.exe Hợp lệ.pdf", "tên Hợp lệ ế");
    }

    @Test
    void isPdfA() throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        assertThat(faults(print(sheet("a.pdf", signature(Conclusion.VALID, "Trần Thị Bình"), signature(Conclusion.INDETERMINATE, "B", "NO_POE"), signature(Conclusion.INVALID, "C", "REVOKED"))))).isEmpty();
    }

    @Test
    void isReadByPoppler() throws Exception {
        Path file = print(sheet("quyết định.pdf", signature(Conclusion.VALID, "Đỗ Hữu Mạnh")));
        Process process;
        try {
            process = new ProcessBuilder("pdftotext", file.toString(), "-").start();
        } catch (java.io.IOException e) {
            System.err.println("SKIPPED: the program pdftotext is not installed, so that our report was not read by it.");
            assumeTrue(false, "pdftotext is not installed");
            return;
        }
        assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)).contains("Đỗ Hữu Mạnh", "Hợp lệ", "quyết định.pdf");
    }

    static List<String> faults(Path pdf) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(pdf.toFile())) {
            assertThat(parser.getFlavour()).isEqualTo(PDFAFlavour.PDFA_2_B);
            try (PDFAValidator validator = Foundries.defaultInstance().createValidator(parser.getFlavour(), 20, false, false, false)) {
                return validator.validate(parser).getTestAssertions().stream().map(one -> one.getRuleId().getClause() + " " + one.getMessage()).toList();
            }
        }
    }

    private Path print(Sheet sheet) throws Exception {
        Path file = Files.createTempFile(folder, "sheet", ".pdf");
        new PdfPrinter().print(sheet, file);
        return file;
    }

    private Sheet sheet(String name, SignatureReport... signatures) {
        return reports.of(new Document(folder, name, 1, SHA256), new ValidationReport(List.of(signatures)), CHECKED);
    }

    private static SignatureReport signature(Conclusion conclusion, String name, String... reasons) {
        return new SignatureReport("S-1", conclusion, "TOTAL_PASSED", null, "PAdES-BASELINE-LTA", new Signer(name, "ubnd-tp", null, BigInteger.TEN, "CN=Tổ chức", null),
            Instant.parse("2026-11-23T03:10:00Z"), Instant.parse("2026-11-23T03:10:01Z"), "Dấu thời gian", Coverage.WHOLE,
            List.of(SignedContent.of(new Revision(1, 2, 84_210, 103_156)), SignedContent.ofReference("phụ lục.txt")), List.of(reasons));
    }

    /** As a reader sees it: lines that go on are joined. */
    private static String text(Path file) throws Exception {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(false);
            return stripper.getText(document).replaceAll("\\s+", " ");
        }
    }

    private static List<String> outside(Path file) throws Exception {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            List<String> found = new java.util.ArrayList<>();
            new PDFTextStripper() {
                @Override
                protected void processTextPosition(TextPosition at) {
                    if (at.getX() < 50 || at.getX() + at.getWidth() > SheetLayout.RIGHT + 1 || at.getY() < 40 || at.getY() > SheetLayout.HEIGHT - 30) {
                        found.add(at.getUnicode() + " at " + at.getX() + " " + at.getY());
                    }
                }
            }.getText(document);
            return found;
        }
    }
}
