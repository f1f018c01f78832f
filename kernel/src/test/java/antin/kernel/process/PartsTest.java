package antin.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {

    private static final Ports PORTS = Ports.of("127.0.0.1", 8440, 9440, 9540);

    private final List<String> closed = new ArrayList<>();

    @Test
    void closesInReverseAlsoWhereOneFails() throws Exception {
        try (Parts parts = new Parts()) {
            parts.add(() -> closed.add("first"));
            parts.add(() -> {
                throw new IOException("stuck");
            });
            parts.add(() -> closed.add("last"));
        }
        assertThat(closed).containsExactly("last", "first");
    }

    @Test
    void leavesNothingRunningWhereAPartDoesNotStart() {
        assertThatThrownBy(() -> Parts.start(PORTS, parts -> {
            parts.add(() -> closed.add("first"));
            throw new IOException("no");
        })).isExactlyInstanceOf(IOException.class).hasMessage("no");
        assertThat(closed).containsExactly("first");
    }

    @Test
    void tellsThatAPortIsTaken() {
        assertThatThrownBy(() -> Parts.start(PORTS, parts -> {
            throw new IllegalStateException(new BindException("Address already in use"));
        })).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.MISCONFIGURED);
            assertThat(problem.detail()).isEqualTo("One of the ports 8440, 9440 or 9540 on 127.0.0.1 is taken. Stop what listens there or change the configuration.");
        });
        assertThat(Ports.of("::1", 25).problem(new BindException()).map(Problem::detail))
            .hasValue("The port 25 on ::1 is taken. Stop what listens there or change the configuration.");
    }

    @Test
    void tellsTheProblemBehindAFailure() {
        Problem problem = new Problem(Kind.MISCONFIGURED, "The port 25 is taken.", new BindException());
        assertThatThrownBy(() -> Parts.start(PORTS, parts -> {
            throw new IllegalStateException(problem);
        })).isSameAs(problem);
    }
}
