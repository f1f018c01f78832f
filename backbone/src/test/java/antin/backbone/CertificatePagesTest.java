package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * All pages about certificates in a real browser, in both languages, on a phone and a screen. Where {@code -Dantin.axe=FILE} names a copy of axe-core it looks for what WCAG 2.2 A
 * and AA forbid, light and dark, and leaves pictures in {@code target/pictures}.
 */
class CertificatePagesTest {

    private static final String OWN = "/account/certificates";
    private static final String OUTSIDE = "/account/certificates/outside";
    private static final String ADMIN = "/admin/certificates";
    private static final Path PICTURES = Path.of("target", "pictures").toAbsolutePath();
    private static final String AXE = System.getProperty("antin.axe", "");

    private final TestBackbone backbone = TestBackbone.shared();

    @Test
    void fitEveryScreenInBothLanguages() throws Exception {
        backbone.clock.forward(Duration.ofHours(49));
        TestBrowser duc = as("duc.hoang");
        String own = location(duc.post(OWN, OWN, "kind", "person-signing", "text", TestPkcs10.pem(TestPkcs10.good())));
        String key = location(duc.post(OWN, OWN + "/mail-key"));
        TestBrowser lan = as("lan.bui");
        String asked = location(lan.post(ADMIN + "/agencies?unit=quan-hoa-binh", ADMIN + "/agencies", "unit", "quan-hoa-binh", "kind", "agency-seal", "reason", "Khóa mới trong HSM của quận",
            "text", TestPkcs10.pem(TestPkcs10.good())));
        TestBrowser cuong = as("cuong.le");
        assertThat(cuong.post(asked, asked + "/give").statusCode()).isEqualTo(303);
        String seal = location(lan.post(asked, asked.replace("/approvals/", ADMIN + "/orders/") + "/carry-out"));
        String revocation = location(lan.post(seal + "/revoke", seal + "/revoke", "reason", "superseded", "why", "Thay thiết bị"));
        String waiting = location(lan.post(ADMIN + "/agencies?unit=quan-hoa-binh", ADMIN + "/agencies", "unit", "quan-hoa-binh", "kind", "agency-seal", "reason", "Khóa dự phòng trong HSM của quận",
            "text", TestPkcs10.pem(TestPkcs10.of(TestPkcs10.rsa(3072), "SHA256withRSA"))));
        TestOutsideCa.Token outside = backbone.outside.token("UID=100005,CN=Hoàng Minh Đức,C=VN");
        String challenge = location(duc.post(OUTSIDE, OUTSIDE, "unit", "", "text", outside.pem()));
        String signature = Base64.getMimeEncoder().encodeToString(outside.cms(duc.bytes(challenge + "/challenge.txt")));
        location(duc.post(challenge, OUTSIDE + "/signature", "id", challenge.replaceAll(".*/", ""), "text", signature));
        String registered = OUTSIDE + '/' + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(outside.certificate().getEncoded()));
        String letter = location(duc.post(registered, registered + "/requests", "wish", "revoke", "reason", "keyCompromise"));
        String asking = location(duc.post(OUTSIDE, OUTSIDE, "unit", "", "text", backbone.outside.token("UID=100005,C=VN").pem()));
        try (TestChromium browser = TestChromium.start(backbone)) {
            look(browser, duc, List.of(OWN, own, own + "/revoke", key, OUTSIDE, asking, registered, letter));
            look(browser, cuong, List.of(ADMIN, ADMIN + "/search?text=duc", seal, seal + "/revoke", ADMIN + "/agencies?unit=quan-hoa-binh", ADMIN + "/systems", "/admin/outside-requests", waiting, revocation, "/approvals",
                "/admin/people/100005/mail-keys"));
            look(browser, lan, List.of(ADMIN));
        }
    }

    private void look(TestChromium browser, TestBrowser who, List<String> pages) throws Exception {
        for (HttpCookie cookie : who.cookies()) {
            browser.tell("Network.setCookie", Map.of("name", cookie.getName(), "value", cookie.getValue(), "url", backbone.url(), "secure", true));
        }
        List<String> wrong = new ArrayList<>();
        for (String page : pages) {
            for (String language : List.of("vi", "en")) {
                browser.open(page + (page.contains("?") ? "&" : "?") + "lang=" + language);
                assertThat(browser.path()).as("opened").startsWith(page.replaceAll("\\?.*", ""));
                assertThat(browser.value("document.documentElement.lang")).isEqualTo(language);
                assertThat(browser.text()).doesNotContain("??");
                for (String scheme : AXE.isEmpty() ? List.of("light") : List.of("light", "dark")) { // what fits does not hang on colours
                    browser.tell("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
                    for (int width : new int[] {390, 1280}) {
                        browser.size(width, 844);
                        wrong.addAll(faults(browser, page + ' ' + language + ' ' + scheme + ' ' + width));
                        if (!AXE.isEmpty() && language.equals("vi") == scheme.equals("light")) {
                            browser.picture(PICTURES.resolve(page.replaceAll("\\?.*", "").replaceAll("[0-9a-f-]{16,64}", "id").replace('/', '-').substring(1) + '-' + language + '-' + width + ".png"));
                        }
                    }
                }
            }
        }
        who.get(OWN + "?lang=vi");
        assertThat(wrong).isEmpty();
    }

    private static List<String> faults(TestChromium browser, String where) throws Exception {
        List<String> faults = new ArrayList<>();
        if (!browser.value("String(document.documentElement.scrollWidth <= innerWidth)").equals("true")) {
            faults.add(where + ": something pushes sideways");
        }
        if (!browser.value("String(document.querySelectorAll('h1').length)").equals("1")) {
            faults.add(where + ": not one title");
        }
        if (!AXE.isEmpty()) {
            browser.value("window.axe ? '' : (" + "() => {" + Files.readString(Path.of(AXE)) + "; return ''; })()");
            String found = browser.value("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
                + ".then(r => r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | ')).join('\\n'))");
            if (!found.isEmpty()) {
                faults.add(where + ": " + found);
            }
        }
        return faults;
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow().replaceAll("https?://[^/]+|\\?.*", "");
    }

    private TestBrowser as(String local) {
        return new TestBrowser(backbone).logIn(backbone.directory.person(local));
    }
}
