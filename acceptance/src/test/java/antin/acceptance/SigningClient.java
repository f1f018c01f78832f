package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A document system that calls the signing REST by curl. */
final class SigningClient {

    /** What came back: the status, the header lines, and the file with the body. */
    record Answer(int status, String headers, Path body) {

        Answer is(int expected) throws IOException {
            assertThat(status).as(() -> text()).isEqualTo(expected);
            return this;
        }

        String text() {
            try {
                byte[] bytes = Files.exists(body) ? Files.readAllBytes(body) : new byte[0];
                return new String(bytes, 0, Math.min(bytes.length, 20_000), java.nio.charset.StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private final Antin antin;
    private final Path folder;
    private final String token;

    /** With the token of the sample's document system; answers are kept in {@code folder}. */
    SigningClient(Antin antin, Path folder) {
        this(antin, folder, antin.run("sample", "token", "sample-documents").succeeds().text());
    }

    /** With any text as its token; none at all where it is empty. */
    SigningClient(Antin antin, Path folder, String token) {
        this.antin = antin;
        this.folder = folder;
        this.token = token;
    }

    Answer seal(String options, Path document) throws IOException {
        return post("/v1/seals", "options=" + options + ";type=application/json", "document=@" + document);
    }

    Answer validate(Path document) throws IOException {
        return post("/v1/validations", "document=@" + document);
    }

    /** {@code parts} as curl's {@code -F} takes them. */
    Answer post(String path, String... parts) throws IOException {
        Path body = Files.createTempFile(folder, "answer", ".bin");
        Path headers = Files.createTempFile(folder, "answer", ".headers");
        List<String> command = new ArrayList<>(List.of("curl", "-s", "--max-time", "60", "--cacert", antin.root(), "-o", body.toString(),
            "-D", headers.toString(), "-w", "%{http_code}"));
        if (!token.isEmpty()) {
            command.addAll(List.of("-H", "Authorization: Bearer " + token));
        }
        for (String part : parts) {
            command.addAll(List.of("-F", part));
        }
        command.add("https://localhost:" + antin.port(8443) + path);
        String status = Tool.run(command.toArray(String[]::new)).text();
        return new Answer(status.matches("\\d{3}") ? Integer.parseInt(status) : 0, Files.readString(headers), body);
    }
}
