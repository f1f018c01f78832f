package antin.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** On which TCP ports the processes of an installation listen, by the kernel's own tables (proc(5)). */
final class OpenPorts {

    private static final String LISTEN = "0A";

    private OpenPorts() {
    }

    /** Of all processes that were started for this state folder, without the offset. */
    static Set<Integer> of(Antin antin) {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes.filter(process -> process.getFileName().toString().matches("\\d+")).filter(process -> isOf(process, antin.home()))
                .forEach(process -> sockets.addAll(sockets(process)));
            Set<Integer> ports = new TreeSet<>();
            for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
                for (String line : Files.readAllLines(Path.of(table))) {
                    String[] column = line.strip().split("\\s+");
                    if (column.length > 9 && column[3].equals(LISTEN) && sockets.contains("socket:[" + column[9] + "]")) {
                        ports.add(Integer.parseInt(column[1].substring(column[1].indexOf(':') + 1), 16) - antin.offset());
                    }
                }
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOf(Path process, Path home) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8).contains(home + "/");
        } catch (IOException e) {
            return false; // it ended, or is not ours to look at
        }
    }

    private static Set<String> sockets(Path process) {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            files.forEach(file -> {
                try {
                    sockets.add(Files.readSymbolicLink(file).toString());
                } catch (IOException e) {
                    // closed meanwhile
                }
            });
        } catch (IOException e) {
            // it ended meanwhile
        }
        return sockets;
    }
}
