package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProfileTest {

    private static final String PHOTO = "/account/profile/photo";
    private final TestBackbone backbone = TestBackbone.shared();
    private final TestPerson person = backbone.directory.person("huong.vu");
    private final TestBrowser browser = new TestBrowser(backbone);

    @BeforeEach
    void logIn() {
        backbone.clock.forward(Duration.ofHours(49));
        browser.logIn(person);
    }

    @AfterEach
    void leaveItAsItWas() {
        browser.post("/account/profile", PHOTO + "/remove");
        change("", "", "en");
    }

    @Test
    void letsPeopleChangeTheirOwnPhonesAndLanguage() {
        assertThat(change("028 3829 7777", "0903 111 222", "vi").statusCode()).isEqualTo(303);
        assertThat(browser.get("/account/profile?saved").body()).contains("Đã lưu.", "value=\"028 3829 7777\"", "value=\"0903 111 222\"");
        HttpResponse<String> wrong = change("không có", "0903 111 222", "vi");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("Không phải số điện thoại.", "value=\"không có\"");
    }

    @Test
    void keepsOnlyThePictureOfAPhoto() throws IOException {
        byte[] taken = withSecret(picture("jpeg", 1600, 1200), "10.7769,106.7009");
        assertThat(upload(taken).statusCode()).isEqualTo(303);
        byte[] kept = photo();
        assertThat(kept.length).isLessThan(100 * 1024);
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("106.7009", "Exif");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(kept));
        assertThat(image.getWidth()).isEqualTo(384);
        assertThat(image.getHeight()).as("turned the right way up").isEqualTo(512);
        assertThat(browser.get("/account/profile").body()).contains("src=\"/account/photo\"");
        assertThat(upload(picture("png", 300, 200)).statusCode()).isEqualTo(303);
        assertThat(photo()).startsWith(0xff, 0xd8);
    }

    @Test
    void refusesWhatIsNoPhoto() throws IOException {
        for (byte[] wrong : new byte[][] {"<svg onload='x'/>".getBytes(StandardCharsets.UTF_8), picture("gif", 20, 20), Arrays.copyOf(picture("jpeg", 40, 40), 30), pngThatSaysItIs(100_000, 100_000)}) {
            HttpResponse<String> answer = upload(wrong);
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("id=\"photo-error\"");
        }
        assertThat(browser.get("/account/photo").statusCode()).isEqualTo(404);
    }

    @Test
    void takesFilesOnlyFromPeopleWhoAreLoggedInAndOnlyWhereThereIsUseForThem() throws IOException {
        byte[] photo = picture("jpeg", 40, 40);
        assertThat(send(new TestBrowser(backbone), PHOTO, photo, "made-up").statusCode()).isEqualTo(403);
        assertThat(send(browser, PHOTO, photo, "made-up").statusCode()).as("without the form's token").isEqualTo(403);
        assertThat(send(browser, "/account/profile", photo, token()).statusCode()).isEqualTo(400);
        assertThat(send(browser, "/admin/import", photo, token()).statusCode()).as("staff import nothing").isEqualTo(403);
        assertThat(send(browser, PHOTO, new byte[6 * 1024 * 1024], token()).statusCode()).isEqualTo(413);
    }

    private HttpResponse<String> change(String phone, String mobile, String language) {
        String revision = browser.get("/account/profile").body().replaceAll("(?s).*name=\"revision\" value=\"([0-9]+)\".*", "$1");
        return browser.post("/account/profile", "/account/profile", "revision", revision, "phone", phone, "mobile", mobile, "language", language);
    }

    private HttpResponse<String> upload(byte[] file) {
        return send(browser, PHOTO, file, token());
    }

    private String token() {
        return TestBrowser.token(browser.get("/account").body());
    }

    /** As a browser sends a form with a file (RFC 7578). */
    private HttpResponse<String> send(TestBrowser sender, String path, byte[] file, String token) {
        String border = "border";
        String head = "--" + border + "\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + token + "\r\n--" + border
            + "\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"../me.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + border + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return sender.send(HttpRequest.newBuilder(backbone.uri(path)).header("Accept", "text/html").header("Accept-Language", "vi")
            .header("Content-Type", "multipart/form-data; boundary=" + border).POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private byte[] photo() {
        return browser.bytes("/account/photo");
    }

    private static byte[] picture(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < Math.min(width, height); i++) {
            image.setRGB(i, i, Color.ORANGE.getRGB());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    /** With an Exif segment as cameras write it: held upright (orientation 6), and a place. */
    private static byte[] withSecret(byte[] jpeg, String place) {
        byte[] exif = Base64.getDecoder().decode("RXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAA="); // Exif, big-endian TIFF, one entry 0x0112 of 6
        byte[] data = place.getBytes(StandardCharsets.US_ASCII);
        int length = 2 + exif.length + data.length;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length});
        bytes.writeBytes(exif);
        bytes.writeBytes(data);
        bytes.write(jpeg, 2, jpeg.length - 2);
        return bytes.toByteArray();
    }

    /** A header that promises ten thousand million pixels (PNG, 11.2.1). */
    private static byte[] pngThatSaysItIs(int width, int height) throws IOException {
        byte[] png = picture("png", 10, 10);
        java.nio.ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        return png;
    }
}
