package antin.keys.pkcs11;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * SoftHSM in a process of its own, which p11-kit makes of it: killed, it is an HSM that dies; started again, one that comes back. A program reaches it through {@link #CLIENT}, with
 * {@code P11_KIT_SERVER_ADDRESS=unix:path=SOCKET} in its environment.
 */
public final class HsmServer implements AutoCloseable {

    public static final Path CLIENT = Stream.of("x86_64", "aarch64").map(machine -> Path.of("/usr/lib/" + machine + "-linux-gnu/pkcs11/p11-kit-client.so"))
        .filter(Files::exists).findFirst().orElse(Path.of("/usr/lib/pkcs11/p11-kit-client.so"));

    private final Path folder;
    private final Path socket;
    private @Nullable Process server;

    /** @param folder for tokens and configuration */
    public HsmServer(Path folder, Path socket) throws IOException {
        if (!Files.exists(CLIENT) || !Files.exists(SoftHsm.LIBRARY)) {
            System.err.println("SKIPPED: p11-kit or SoftHSM is not here, and so HSMs that die are NOT TESTED. Run: apt-get install p11-kit p11-kit-modules softhsm2");
        }
        assumeTrue(Files.exists(CLIENT) && Files.exists(SoftHsm.LIBRARY), "p11-kit, p11-kit-modules or softhsm2 is not installed");
        this.folder = folder;
        this.socket = socket;
        Files.createDirectories(tokens());
        Files.createDirectories(socket.toAbsolutePath().getParent());
        Files.writeString(configuration(), "directories.tokendir = " + tokens() + "\nobjectstore.backend = file\nlog.level = ERROR\n");
    }

    public Path tokens() {
        return folder.resolve("tokens");
    }

    public Path configuration() {
        return folder.resolve("softhsm2.conf");
    }

    public HsmServer start() throws IOException, InterruptedException {
        Files.deleteIfExists(socket);
        ProcessBuilder command = new ProcessBuilder("p11-kit", "server", "--foreground", "--name", socket.toString(), "--provider", SoftHsm.LIBRARY.toString(), "pkcs11:");
        command.environment().put("SOFTHSM2_CONF", configuration().toString());
        command.redirectErrorStream(true).redirectOutput(folder.resolve("server.log").toFile());
        server = command.start();
        for (int i = 0; i < 200 && !listens(); i++) {
            Thread.sleep(20);
        }
        return this;
    }

    /** The file is there before anybody listens. */
    private boolean listens() {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** As the power does when it goes: the server, and the process that it made for each client. */
    public void kill() throws InterruptedException {
        Process running = server;
        if (running != null) {
            List<ProcessHandle> serving = running.descendants().toList();
            running.destroyForcibly().waitFor();
            serving.forEach(ProcessHandle::destroyForcibly);
            server = null;
        }
    }

    /** Stops it where it stands ({@code STOP}), and lets it go on ({@code CONT}). */
    public void signal(String signal) throws IOException, InterruptedException {
        Process running = server;
        if (running != null) {
            for (ProcessHandle one : Stream.concat(running.descendants(), Stream.of(running.toHandle())).toList()) {
                new ProcessBuilder("kill", "-" + signal, Long.toString(one.pid())).start().waitFor();
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
