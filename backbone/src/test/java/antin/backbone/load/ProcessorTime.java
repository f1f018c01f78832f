package antin.backbone.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What the processes of an installation have used of all processors, without the one that measures. */
final class ProcessorTime {

    private final String state;

    ProcessorTime(Path state) {
        this.state = state.toAbsolutePath().toString();
    }

    Duration used() {
        return ProcessHandle.allProcesses().filter(process -> process.pid() != ProcessHandle.current().pid()).filter(this::isOurs)
            .flatMap(process -> Stream.concat(Stream.of(process), process.children().filter(child -> !isOurs(child))))
            .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info().commandLine().or(() -> process.info().command()).filter(line -> line.contains(state)).isPresent();
    }
}
