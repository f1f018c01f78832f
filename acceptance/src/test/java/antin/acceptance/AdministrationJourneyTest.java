package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import antin.acceptance.Antin.Person;
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
            logIn(antin, browser, "cuong.le@city.example");

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
            logIn(antin, browser, "phuc.duong@city.example");
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

    private static void logIn(Antin antin, Chromium browser, String address) throws Exception {
        Person person = antin.people().stream().filter(member -> member.address().equals(address)).findFirst().orElseThrow();
        browser.open("/login");
        browser.type("#login", person.address());
        browser.type("#password", person.password());
        browser.pressEnter();
        Instant end = Instant.now().plus(Duration.ofSeconds(60)); // this half minute's code may have been used
        do {
            assertThat(Instant.now()).as("a code is accepted within a minute").isBefore(end);
            browser.type("#code", antin.code(person));
            browser.pressEnter();
            if (!browser.path().equals("/account")) {
                Thread.sleep(Duration.ofSeconds(5));
            }
        } while (!browser.path().equals("/account"));
    }

    private static void awaitText(Chromium browser, String text) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!browser.text().contains(text)) {
            assertThat(Instant.now()).as(browser.text()).isBefore(end);
            Thread.sleep(500);
        }
    }
}
