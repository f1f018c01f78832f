package antin.kernel.process;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.net.BindException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a process listens: an address, and at least one port. */
public record Ports(String listen, List<Integer> numbers) {

    public Ports {
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("A process listens on at least one port");
        }
        numbers = List.copyOf(numbers);
    }

    public static Ports of(String listen, int... numbers) {
        return new Ports(listen, Arrays.stream(numbers).boxed().toList());
    }

    /** The first problem behind {@code failure}: one that says so itself, or that one of these ports is taken. */
    Optional<Problem> problem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return Optional.of(problem);
            }
            if (cause instanceof BindException) {
                return Optional.of(new Problem(Kind.MISCONFIGURED, (numbers.size() == 1 ? "The port " : "One of the ports ") + words() + " on " + listen
                    + " is taken. Stop what listens there or change the configuration.", failure));
            }
        }
        return Optional.empty();
    }

    private String words() {
        int last = numbers.size() - 1;
        String others = numbers.subList(0, last).stream().map(String::valueOf).collect(Collectors.joining(", "));
        return others.isEmpty() ? numbers.get(last).toString() : others + " or " + numbers.get(last);
    }
}
