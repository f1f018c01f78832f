package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Journey 4 for everybody: a citizen checks a decree in a browser, without an account. Where {@code -Dantin.axe=FILE} names a copy of axe-core, the page is held to WCAG 2.2 AA. */
@Tag("journey")
@ExtendWith(UnderTest.class)
class ValidateJourneyTest {

    private static final Path PICTURES = Path.of("target", "pictures").toAbsolutePath();
    /** A copy of axe-core, which looks for what WCAG 2.2 AA forbids; not needed for the rest. */
    private static final String AXE = System.getProperty("antin.axe", "");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void showsThatADecreeIsAsItWasSealedAndGivesAReportThatOthersBelieve(Antin antin) throws Exception {
        Path decree = sealed(antin, "quyết định 12.pdf");
        try (Chromium browser = Chromium.start(antin)) {
            browser.size(1280, 900, false);
            browser.downloadTo(folder);
            browser.openAt(page(antin));
            assertThat(browser.path()).isEqualTo("/validate");
            assertThat(browser.text()).contains("Kiểm tra chữ ký số", "Hoặc kéo tệp thả vào trang này.");
            assertThat(faults(browser)).isEmpty();
            browser.drop(".drop", decree);
            browser.waitFor("Mọi chữ ký đều hợp lệ (1 chữ ký).");
            assertThat(browser.text()).contains("Hợp lệ", "quyết định 12.pdf", "Toàn bộ tài liệu", "Không muộn hơn", "theo dấu thời gian của");
            assertThat(browser.value("document.activeElement.id")).as("what a screen reader goes on from").isEqualTo("verdict");
            browser.picture(PICTURES.resolve("validate-desktop-vi.png"));

            browser.size(390, 844, true);
            browser.click(".languages a[hreflang=en]");
            browser.waitFor("Every signature is valid (1).");
            assertThat(browser.text()).contains("Valid", "The whole document", "Check another document").doesNotContain("Hợp lệ");
            assertThat(browser.value("document.documentElement.lang")).isEqualTo("en");
            assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth")).as("fits a phone").isEqualTo("true");
            browser.picture(PICTURES.resolve("validate-phone-en.png"));
            assertThat(faults(browser)).isEmpty();

            browser.click("[data-report]");
            Path report = arrived(folder.resolve("validation-report.pdf"));
            assertThat(Tool.run("pdftotext", report.toString(), "-").succeeds().output()).contains("Báo cáo kiểm tra chữ ký số", "Hợp lệ", "quyết định 12.pdf");
            assertThat(new SigningClient(antin, folder).validate(report).is(200).text()).contains("\"conclusion\":\"valid\"");
            assertThat(pdfsig(antin, report)).contains("Signature is Valid.", "Certificate is Trusted.");
        }
    }

    @Test
    void saysThatADecreeWasChangedAndWhatCannotBeRead(Antin antin) throws Exception {
        byte[] tampered = Files.readAllBytes(sealed(antin, "a.pdf"));
        tampered[200] ^= 1;
        Path file = Files.write(folder.resolve("<b>sửa đổi & 'lạ'.pdf"), tampered);
        try (Chromium browser = Chromium.start(antin)) {
            browser.size(390, 844, true);
            browser.openAt(page(antin));
            browser.attach("#document", file);
            browser.click("#check button.strong");
            browser.waitFor("Nội dung đã bị thay đổi sau khi ký.");
            assertThat(browser.text()).contains("Không hợp lệ", "sửa đổi", "'lạ'.pdf", "chưa được xác nhận").doesNotContain("Mọi chữ ký đều hợp lệ");
            browser.picture(PICTURES.resolve("validate-tampered-phone-vi.png"));

            browser.attach("#document", Files.writeString(folder.resolve("a.txt"), "Không phải tài liệu đã ký"));
            browser.click("#check button.strong");
            browser.waitFor("Không đọc được tài liệu");
            assertThat(browser.value("document.activeElement.id")).isEqualTo("problem");
            assertThat(faults(browser)).isEmpty();
        }
    }

    private static String faults(Chromium browser) throws Exception {
        if (AXE.isEmpty()) {
            return "";
        }
        browser.value("(() => {" + Files.readString(Path.of(AXE)) + "; window.found = null; axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
            + ".then(r => { window.found = r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | ')).join(' ') + '.'; }); return ''; })()");
        Instant end = Instant.now().plus(PATIENCE);
        while (browser.value("window.found").equals("null")) {
            assertThat(Instant.now()).as("axe ends").isBefore(end);
            Thread.sleep(50);
        }
        return browser.value("window.found").replaceFirst("\\.$", "");
    }

    private Path sealed(Antin antin, String name) throws IOException {
        Path plain = Files.write(folder.resolve("plain.pdf"), Pdf.ofSize(60_000));
        SigningClient.Answer answer = new SigningClient(antin, folder).seal("{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"level\":\"LTA\"}", plain).is(201);
        return Files.move(answer.body(), folder.resolve(name));
    }

    private static String page(Antin antin) {
        return "https://localhost:" + antin.port(8443) + "/";
    }

    private static Path arrived(Path file) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!Files.exists(file)) {
            assertThat(Instant.now()).as("the report comes").isBefore(end);
            Thread.sleep(50);
        }
        return file;
    }

    private String pdfsig(Antin antin, Path file) {
        String trust = "sql:" + folder;
        Tool.run("certutil", "-N", "--empty-password", "-d", trust).succeeds();
        Tool.run("certutil", "-A", "-d", trust, "-n", "root", "-t", "C,C,C", "-i", antin.root()).succeeds();
        return Tool.run("pdfsig", "-nssdir", trust, file.toString()).output();
    }
}
