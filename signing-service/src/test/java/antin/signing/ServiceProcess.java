package antin.signing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The service in a process of its own, with the configuration of {@link TestService} as it is then: one that can be killed, and that has another environment. */
final class ServiceProcess implements AutoCloseable {

    private final TestService service;
    private final Map<String, String> environment;
    private @Nullable Process process;

    ServiceProcess(TestService service, Map<String, String> environment) {
        this.service = service;
        this.environment = environment;
    }

    ServiceProcess start() throws IOException {
        ProcessBuilder command = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED", "-Dfile.encoding=UTF-8", "-cp", System.getProperty("java.class.path"), "antin.signing.SigningMain",
            service.home.resolve("conf/signing-service.properties").toString());
        command.environment().putAll(environment);
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(service.home.resolve("process.log").toFile()));
        process = command.start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100)).until(() -> ready().contains("\"status\":\"ready\""));
        return this;
    }

    /** What {@code /ready} says; empty where nothing listens. */
    String ready() {
        return management("/ready");
    }

    String metrics() {
        return management("/metrics");
    }

    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            running.waitFor();
        }
    }

    private String management(String path) {
        try (HttpClient plain = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = plain.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.managementPort + path)).build(), BodyHandlers.ofString());
            return answer.body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
