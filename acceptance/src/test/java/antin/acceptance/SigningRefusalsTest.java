package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of bad request gets a problem document of its own, and the service goes on. */
@Tag("journey")
@ExtendWith(UnderTest.class)
class SigningRefusalsTest {

    private static final String SEAL = "{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\",\"level\":\"B\"}";
    private static final String XML_SEAL = SEAL.replace("PAdES", "XAdES");

    @TempDir
    private Path folder;

    @Test
    void refusesWhoHasNoRight(Antin antin) throws IOException {
        Path pdf = Files.write(folder.resolve("a.pdf"), Pdf.ofSize(2_000));
        refused(with(antin, "").seal(SEAL, pdf), 401);
        refused(with(antin, "eyJhbGciOiJub25lIn0.e30.").seal(SEAL, pdf), 401);
        refused(with(antin, token(antin, "sample-documents", "directory.read")).seal(SEAL, pdf), 401); // its audience is the backbone
        refused(with(antin, token(antin, "sample-documents", "validate")).seal(SEAL, pdf), 403);
        refused(with(antin, token(antin, "sample-documents", "seal:sample-seal")).seal(SEAL, pdf), 403);
        refused(with(antin, token(antin, "sample-documents", "seal:sample-seal-ec")).validate(pdf), 403);
        refused(with(antin, token(antin, antin.people().getFirst().address(), "sign")).seal(SEAL, pdf), 403); // a person seals nothing
        sealsStill(antin);
    }

    @Test
    void refusesDocumentsThatAreNone(Antin antin) throws IOException {
        SigningClient client = new SigningClient(antin, folder);
        refused(client.seal(SEAL, Files.createFile(folder.resolve("empty.pdf"))), 422);
        refused(client.seal(SEAL, Files.writeString(folder.resolve("text.pdf"), "Không phải PDF")), 422);
        refused(client.seal(SEAL, Files.writeString(folder.resolve("half.pdf"), "%PDF-1.7\n1 0 obj\n<<")), 422);
        refused(client.seal(XML_SEAL, Files.writeString(folder.resolve("dtd.xml"), "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")), 422);
        refused(client.seal(XML_SEAL, Files.writeString(folder.resolve("deep.xml"), "<a>".repeat(50_000) + "</a>".repeat(50_000))), 422);
        refused(client.validate(Files.writeString(folder.resolve("dtd2.xml"), "<!DOCTYPE a [<!ENTITY b \"b\">]><a>&b;</a>")), 422);
        sealsStill(antin);
    }

    @Test
    void refusesRequestsThatAreIncompleteOrTooLarge(Antin antin) throws IOException {
        SigningClient client = new SigningClient(antin, folder);
        Path pdf = Files.write(folder.resolve("a.pdf"), Pdf.ofSize(2_000));
        refused(client.post("/v1/seals", "document=@" + pdf), 400);
        refused(client.post("/v1/seals", "options=" + SEAL), 400);
        refused(client.seal("{", pdf), 400);
        refused(client.seal(SEAL.replace("\"B\"", "\"Z\""), pdf), 400);
        refused(client.seal(SEAL.replace("{", "{\"algorithm\":\"RSA-SHA256\","), pdf), 400);
        refused(client.seal(SEAL.replace("sample-seal-ec", "nobodys-key"), pdf), 403);
        refused(client.post("/v1/nothing", "document=@" + pdf), 404);
        Path large = folder.resolve("large.pdf");
        Tool.run("truncate", "-s", "600M", large.toString()).succeeds();
        refused(client.seal(SEAL, large), 413);
        sealsStill(antin);
    }

    private void sealsStill(Antin antin) throws IOException {
        SigningClient client = new SigningClient(antin, folder);
        client.seal(SEAL, Files.write(folder.resolve("good.pdf"), Pdf.ofSize(2_000))).is(201);
    }

    private SigningClient with(Antin antin, String token) {
        return new SigningClient(antin, folder, token);
    }

    private static String token(Antin antin, String user, String scope) {
        return antin.run("sample", "token", user, scope).succeeds().text();
    }

    private static void refused(SigningClient.Answer answer, int status) throws IOException {
        answer.is(status);
        assertThat(answer.headers()).containsIgnoringCase("content-type: application/problem+json");
        assertThat(answer.text()).contains("\"type\":\"/problems/", "\"status\":" + status)
            .doesNotContain("Exception", "antin.", "org.", "eu.europa", "/tmp", "\\tat ");
    }
}
