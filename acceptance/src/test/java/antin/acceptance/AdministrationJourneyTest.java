package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Administrators at their daily work, in a real browser. Pictures of it lie in {@code target/pictures}. */
@Tag("journey")
@ExtendWith(UnderTest.class)
class AdministrationJourneyTest {

    private static final Path PICTURES = Path.of("target", "pictures").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void findsCreatesAndEditsPeopleImportsAFileAndSpeaksEnglish(Antin antin) throws Exception {
        String mark = Long.toString(System.currentTimeMillis() % 100_000_000, 36); // an installation that stays may have had this test before
        try (Chromium browser = Chromium.start(antin)) {
            browser.size(1280, 800, false);
            browser.logIn(antin, "cuong.le@city.example");

            browser.open("/admin");
            assertThat(browser.text()).contains("Ủy ban nhân dân thành phố", "người kể cả cấp dưới");
            browser.click("details summary");
            assertThat(browser.text()).contains("Ủy ban nhân dân xã Long Sơn");
            browser.picture(PICTURES.resolve("tree-desktop.png"));

            browser.type("#find", "nguyen van an");
            browser.pressEnter();
            assertThat(browser.text()).contains("Nguyễn Văn An", "an.nguyen@city.example");
            assertThat(browser.value("document.activeElement.id")).as("ready for the next search").isEqualTo("q");

            browser.open("/admin/units/so-noi-vu");
            browser.follow(".deeds a", "Thêm người");
            browser.type("#name", "Đỗ Thị Mận");
            browser.type("#mail", "an.nguyen@city.example");
            browser.type("#title", "Chuyên viên");
            browser.pressEnter();
            assertThat(browser.text()).contains("Chưa lưu được", "Đã có người khác dùng.");
            assertThat(browser.value("document.querySelector('#name').value")).as("what was typed stays").isEqualTo("Đỗ Thị Mận");
            browser.picture(PICTURES.resolve("refusal-desktop.png"));
            browser.type("#mail", "man.do." + mark + "@city.example");
            browser.follow(".buttons button");
            assertThat(browser.text()).contains("Đã thêm.", "Đỗ Thị Mận");
            String person = browser.path();

            browser.follow(".deeds a", "Sửa thông tin");
            browser.type("#title", "Phó Trưởng phòng");
            browser.follow(".buttons button");
            assertThat(browser.text()).contains("Đã lưu.", "Lịch sử", "Lê Quốc Cường", "Chuyên viên", "Phó Trưởng phòng");
            browser.size(390, 844, true);
            browser.open(person);
            assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth")).as("nothing to push sideways").isEqualTo("true");
            browser.picture(PICTURES.resolve("person-phone.png"));
            browser.size(1280, 800, false);

            importPeople(browser, mark);

            browser.open("/admin/units/so-noi-vu");
            browser.follow(".languages a[hreflang=en]");
            assertThat(browser.text()).contains("Add a person", "Department").doesNotContain("Thêm người");
        }
    }

    @Test
    void letsACommuneAdministratorChangeTheirCommuneAndNothingElse(Antin antin) throws Exception {
        try (Chromium browser = Chromium.start(antin)) {
            browser.size(390, 844, true);
            browser.logIn(antin, "phuc.duong@city.example");
            browser.open("/admin");
            assertThat(browser.text()).contains("Ủy ban nhân dân phường Tân An").doesNotContain("huyện An Khánh");
            browser.picture(PICTURES.resolve("tree-phone.png"));
            browser.open("/admin/units/phuong-tan-an");
            assertThat(browser.text()).contains("Thêm người");
            browser.open("/admin/people/100005");
            assertThat(browser.text()).contains("Hoàng Minh Đức", "Bạn chỉ xem được thông tin công khai").doesNotContain("Sửa thông tin", "Lịch sử");
            browser.open("/admin/people/100005/edit");
            assertThat(browser.text()).contains("Không được phép");
            browser.open("/admin/units/so-noi-vu/edit");
            assertThat(browser.text()).contains("Không được phép");
        }
    }

    @Test
    void givesAPersonAndAnAgencyCertificatesForKeysThatOthersMade(Antin antin) throws Exception {
        Path key = key("person");
        try (Chromium browser = Chromium.start(antin)) {
            browser.size(1280, 800, false);
            browser.logIn(antin, "duc.hoang@city.example");
            browser.open("/account/certificates");
            browser.value("document.querySelector('#kind').value = 'person-signing'");
            browser.attach("#file", request(key));
            browser.follow("form[enctype] button");
            assertThat(browser.text()).contains("Đã cấp chứng thư số.", "Hoàng Minh Đức", "Có hiệu lực").doesNotContain("Ai đó");
            browser.picture(PICTURES.resolve("certificate-desktop.png"));
            assertAccepted(antin, browser, key, "Hoàng Minh Đức");
        }
        Path seal = key("seal");
        try (Chromium asking = Chromium.start(antin); Chromium allowing = Chromium.start(antin)) {
            asking.size(1280, 800, false);
            asking.logIn(antin, "son.dinh@city.example");
            asking.open("/admin/units/xa-long-son");
            asking.follow(".deeds a", "Chứng thư số của cơ quan");
            asking.attach("#file", request(seal));
            asking.type("#reason", "Khóa mới trong HSM của xã");
            asking.picture(PICTURES.resolve("agency-key-desktop.png"));
            asking.follow("form[enctype] button");
            String approval = asking.path();
            assertThat(asking.text()).contains("Cấp chứng thư số cho khóa của cơ quan", "Đang chờ", "xã Long Sơn");

            allowing.size(390, 844, true);
            allowing.logIn(antin, "ngan.ngo@city.example");
            allowing.open("/approvals");
            assertThat(allowing.text()).contains("Cấp chứng thư số cho khóa của cơ quan", "Đinh Công Sơn");
            allowing.open(approval);
            assertThat(allowing.text()).as("to compare with what the device shows").contains(fingerprint(seal), "Khóa mới trong HSM của xã");
            assertThat(allowing.value("document.documentElement.scrollWidth <= innerWidth")).as("nothing to push sideways").isEqualTo("true");
            allowing.picture(PICTURES.resolve("agency-approval-phone.png"));
            allowing.follow("main button", "Đồng ý");
            assertThat(allowing.text()).contains("Đã đồng ý");

            asking.open(approval);
            asking.follow("main button", "Cấp chứng thư số");
            assertThat(asking.text()).contains("Đã cấp chứng thư số.", "Chữ ký số của cơ quan", "Có hiệu lực");
            assertAccepted(antin, asking, seal, "xã Long Sơn");
            asking.open("/admin/certificates");
            asking.picture(PICTURES.resolve("certificates-desktop.png"));
        }
    }

    /** As HSMs' programs make it: the name in it is nobody's. */
    private Path request(Path key) {
        Path request = key.resolveSibling(key.getFileName() + ".csr");
        Tool.run("openssl", "req", "-new", "-utf8", "-key", key.toString(), "-subj", "/CN=Ai đó", "-out", request.toString()).succeeds();
        return request;
    }

    private Path key(String name) {
        Path key = folder.resolve(name + ".pem");
        Tool.run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key.toString()).succeeds();
        return key;
    }

    private String fingerprint(Path key) {
        Path der = folder.resolve("public.der");
        Tool.run("openssl", "pkey", "-in", key.toString(), "-pubout", "-outform", "DER", "-out", der.toString()).succeeds();
        return Tool.run("openssl", "dgst", "-sha256", "-c", der.toString()).succeeds().text().replaceAll(".*= ", "");
    }

    /** Fetches from the page of a certificate what its links offer. */
    private void assertAccepted(Antin antin, Chromium browser, Path key, String name) throws Exception {
        Path chain = Files.writeString(folder.resolve("chain.pem"), download(browser, "chain.pem"));
        Path certificate = Files.writeString(folder.resolve("certificate.pem"), download(browser, "certificate.pem"));
        Tool.run("openssl", "verify", "-x509_strict", "-CAfile", antin.root(), "-untrusted", chain.toString(), certificate.toString()).succeeds();
        assertThat(Tool.run("openssl", "x509", "-in", certificate.toString(), "-noout", "-pubkey").text()).isEqualTo(Tool.run("openssl", "pkey", "-in", key.toString(), "-pubout").text());
        assertThat(Tool.run("openssl", "x509", "-in", certificate.toString(), "-noout", "-subject", "-nameopt", "utf8").text()).contains(name).doesNotContain("Ai đó");
    }

    private static String download(Chromium browser, String file) {
        return browser.value("(x => { x.open('GET', document.querySelector('.links a[href$=\"" + file + "\"]').href, false); x.send(); return x.responseText; })(new XMLHttpRequest())");
    }

    /** One good line and one that cannot be: first on trial, then for real. */
    private void importPeople(Chromium browser, String mark) throws Exception {
        String number = Long.toString(500_000_000 + System.currentTimeMillis() % 400_000_000);
        Path file = Files.writeString(folder.resolve("people.csv"), """
            number,name,mail,unit,title,role,status,language
            %s,Vũ Thị Nhập,nhap.vu.%s@city.example,so-noi-vu,Văn thư,staff,active,vi
            %s1,Ngô Văn Lỗi,không phải địa chỉ,so-noi-vu,Văn thư,staff,active,vi
            """.formatted(number, mark, number));
        for (String mode : new String[] {"trial", "real"}) {
            browser.open("/admin/import");
            browser.attach("#file", file);
            browser.click("input[name=mode][value=" + mode + "]");
            browser.follow("main form button");
            assertThat(browser.path()).startsWith("/admin/import/");
            awaitText(browser, "Đã xong");
            assertThat(browser.text()).contains("2 trong 2 dòng", "Không phải địa chỉ thư.", "không phải địa chỉ");
            assertThat(browser.value("document.querySelector('progress').position")).isEqualTo("1");
            browser.picture(PICTURES.resolve("import-" + mode + ".png"));
            browser.open("/admin/search?q=nhap.vu." + mark);
            if (mode.equals("trial")) {
                assertThat(browser.text()).as("a trial writes nothing").contains("Không tìm thấy ai");
            } else {
                assertThat(browser.text()).contains("Vũ Thị Nhập");
            }
        }
    }

    private static void awaitText(Chromium browser, String text) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!browser.text().contains(text)) {
            assertThat(Instant.now()).as(browser.text()).isBefore(end);
            Thread.sleep(500);
        }
    }
}
