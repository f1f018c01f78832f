package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the city's administrators and auditors see of all certificates, and how one is taken back. */
class AuthorityPagesTest {

    private static final String PATH = "/admin/certificates";
    private static final String OWN = "/account/certificates";

    private final TestBackbone backbone = TestBackbone.shared();

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
    }

    @Test
    void showsTheCityHowItsAuthorityStands() throws Exception {
        enrolled("duc.hoang");
        TestBrowser cuong = as("cuong.le");
        String page = cuong.get(PATH).body();
        assertThat(page).contains("<svg", "issuing", "persons", "Cột cao nhất", "Xem số liệu", "Đang trả lời").doesNotContain("??");
        assertThat(cuong.get("/admin").body()).as("in the menu").contains("href=\"" + PATH + '"');
        assertThat(cuong.get(PATH + "?lang=en").body()).contains("Issued and revoked in twelve months").doesNotContain("??");
        assertThat(as("duong.pham").get(PATH).statusCode()).as("an auditor looks").isEqualTo(200);
        assertThat(as("huong.vu").get(PATH).statusCode()).as("administers nothing").isEqualTo(403);
    }

    @Test
    void showsThoseOfADistrictOrCommuneTheirPartOfTheCity() throws Exception {
        String theirs = enrolled("manh.do");
        String foreign = enrolled("duc.hoang");
        TestBrowser lan = as("lan.bui");
        assertThat(lan.get(PATH).body()).contains("Số liệu và danh sách chỉ gồm phần").doesNotContain(PATH + "/systems", "??");
        assertThat(lan.get(PATH + "/search?text=do+huu+manh").body()).contains(theirs);
        assertThat(lan.get(PATH + "/search?text=hoang+minh+duc").body()).doesNotContain(foreign);
        assertThat(lan.get(PATH + '/' + foreign).statusCode()).isEqualTo(404);
        assertThat(lan.get(PATH + '/' + foreign + "/certificate.pem").statusCode()).isEqualTo(404);
        assertThat(lan.post("/account", PATH + '/' + foreign + "/revoke", "reason", "keyCompromise").statusCode()).isEqualTo(404);
        assertThat(lan.get(PATH + '/' + theirs).body()).contains(theirs + "/revoke");
        TestBrowser phuc = as("phuc.duong");
        assertThat(phuc.get(PATH + '/' + theirs).statusCode()).as("of the district above").isEqualTo(404);
        assertThat(lan.post("/account", PATH + '/' + theirs + "/revoke", "reason", "privilegeWithdrawn").statusCode()).as("a person's, by one").isEqualTo(303);
    }

    @Test
    void findsNamesWithoutMarksAndAlsoWhatTheInstallationMadeForItselfAndItsSample() throws Exception {
        String id = enrolled("duc.hoang");
        TestBrowser cuong = as("cuong.le");
        for (String typed : new String[] {"hoang+minh+duc", "Ho%C3%A0ng+Minh+%C4%90%E1%BB%A9c", "DUC+HOANG", "minh+du", "hoa%CC%80ng"}) {
            assertThat(cuong.get(PATH + "/search?state=good&text=" + typed).body()).as(typed).contains(id).doesNotContain("??");
        }
        assertThat(cuong.get(PATH + "/search?text=oang+minh").body()).as("words from their beginning").doesNotContain(id);
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(cuong.get(PATH + "/search?kind=person-login&text=nguyen+van+an").body()).as("the sample's").contains("Nguyễn Văn An");
            for (String kind : new String[] {"ocsp-signer", "time-stamps", "listener", "issuing"}) {
                assertThat(cuong.get(PATH + "/search?kind=" + kind).body()).as(kind).contains(PATH + '/').containsPattern("certificates/[0-9a-f]{8}-").doesNotContain("??");
            }
        });
        String ours = cuong.get(PATH + "/search?kind=listener").body().replaceAll("(?s).*?(/admin/certificates/[0-9a-f]{8}-[0-9a-f-]+).*", "$1");
        assertThat(cuong.get(ours).body()).as("the operator's business").doesNotContain(ours + "/revoke");
        assertThat(cuong.post("/account", ours + "/revoke", "reason", "keyCompromise").statusCode()).isEqualTo(403);
    }

    @Test
    void findsByNameNumberSerialStateAndEnd() throws Exception {
        String id = enrolled("duc.hoang");
        TestBrowser cuong = as("cuong.le");
        String serial = cuong.get(PATH + '/' + id).body().replaceAll("(?s).*<dd>([0-9a-f]{30,40})</dd>.*", "$1");
        assertThat(serial).matches("[0-9a-f]{30,40}");
        for (String query : new String[] {"text=" + serial.substring(0, 12), "text=100005", "text=Ho%C3%A0ng", "text=" + serial + "&state=good&kind=person-signing"}) {
            assertThat(cuong.get(PATH + "/search?" + query).body()).as(query).contains(id).doesNotContain("??");
        }
        for (String query : new String[] {"text=" + serial + "&state=revoked", "text=" + serial + "&within=30", "text=" + serial + "&kind=agency-seal", "text=%25%25%25", "text=100009&state=refused"}) {
            assertThat(cuong.get(PATH + "/search?" + query).body()).as(query).doesNotContain(id).doesNotContain("??");
        }
        assertThat(cuong.get(PATH + "/search?page=zz&state=%27&within=9999999999").statusCode()).isEqualTo(200);
    }

    @Test
    void takesOneBackForItsReason() throws Exception {
        String id = enrolled("duc.hoang");
        String revoke = PATH + '/' + id + "/revoke";
        TestBrowser auditor = as("duong.pham");
        assertThat(auditor.get(PATH + '/' + id).body()).contains("100005").doesNotContain(revoke);
        assertThat(auditor.post("/account", revoke, "reason", "keyCompromise").statusCode()).isEqualTo(403);
        TestBrowser cuong = as("cuong.le");
        assertThat(cuong.get(revoke).body()).contains("không thể hoàn tác", "Không còn quyền sử dụng").doesNotContain("??");
        assertThat(cuong.post(revoke, revoke, "reason", "whatever").statusCode()).isEqualTo(400);
        HttpResponse<String> done = cuong.post(revoke, revoke, "reason", "privilegeWithdrawn");
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(cuong.get(PATH + '/' + id + "?done=revoked").body()).contains("Đã thu hồi", "Không còn quyền sử dụng").doesNotContain(revoke, "??");
        assertThat(cuong.get(PATH + "/search?state=revoked").body()).contains(id);
        assertThat(backbone.auditLog()).contains("\"x-revocation-reason\":\"privilegeWithdrawn\"");
    }

    @Test
    void holdsOneForATimeAndReleasesIt() throws Exception {
        String id = enrolled("manh.do");
        TestBrowser owner = as("manh.do");
        TestBrowser lan = as("lan.bui");
        assertThat(owner.get(OWN + '/' + id).body()).contains(OWN + '/' + id + "/hold").doesNotContain("??");
        assertThat(owner.post(OWN + '/' + id, OWN + '/' + id + "/hold").statusCode()).isEqualTo(303);
        assertThat(owner.get(OWN + '/' + id + "?done=held").body()).contains("Đã tạm dừng chứng thư số.", "Đang tạm dừng", "Tạm dừng lúc").doesNotContain("/hold\"", "??");
        assertThat(owner.post("/account", PATH + '/' + id + "/release").statusCode()).as("not by its owner").isEqualTo(403);
        assertThat(lan.get(PATH + "/search?state=held").body()).contains(id);
        assertThat(as("phuc.duong").post("/account", PATH + '/' + id + "/release").statusCode()).as("of another part of the city").isEqualTo(404);
        assertThat(lan.get(PATH + '/' + id).body()).contains(PATH + '/' + id + "/release", "Khôi phục").doesNotContain("??");
        assertThat(lan.post(PATH + '/' + id, PATH + '/' + id + "/release").statusCode()).isEqualTo(303);
        assertThat(lan.get(PATH + '/' + id + "?done=released").body()).contains("Đã khôi phục chứng thư số.", "Có hiệu lực");
        assertThat(lan.post("/account", PATH + '/' + id + "/release").statusCode()).isEqualTo(409);
        assertThat(lan.post("/account", PATH + '/' + id + "/hold").statusCode()).isEqualTo(303);
        assertThat(lan.post("/account", PATH + '/' + id + "/revoke", "reason", "keyCompromise").statusCode()).as("for good after all").isEqualTo(303);
        assertThat(lan.get(PATH + '/' + id).body()).contains("Đã thu hồi", "Khóa bị lộ");
        assertThat(backbone.auditLog()).contains("\"act\":\"certificate.hold\"", "\"act\":\"certificate.release\"");
    }

    private String enrolled(String local) throws Exception {
        HttpResponse<String> answer = as(local).post(OWN, OWN, "kind", "person-signing", "text", TestPkcs10.pem(TestPkcs10.good()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/certificates/([0-9a-f-]+).*", "$1");
    }

    private TestBrowser as(String local) {
        return new TestBrowser(backbone).logIn(backbone.directory.person(local));
    }
}
