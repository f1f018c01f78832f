package antin.ca.status;

import antin.kernel.Problem;
import antin.kernel.audit.AuditVerifier;
import antin.kernel.audit.AuditVerifier.Verdict;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code AuditCheck AUDIT-FOLDER INTERNAL-CA.pem ROOT.pem}: checks every log with its heads and their time stamps, a line for
 * each. Ends with 0 where all is intact, 1 where something is not, and 2 where it cannot look.
 */
public final class AuditCheck {

    private AuditCheck() {
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), new PrintStream(System.out, true, StandardCharsets.UTF_8),
            new PrintStream(System.err, true, StandardCharsets.UTF_8)));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            if (arguments.size() != 3 || !Files.isDirectory(Path.of(arguments.getFirst()))) {
                err.println("antin: give the folder of the audit logs, the internal CA's certificate and the root's.");
                return 2;
            }
            TimeStampCheck stamps = new TimeStampCheck(PemFile.certificates(Path.of(arguments.get(2))));
            boolean intact = true;
            for (Verdict verdict : new AuditVerifier(Path.of(arguments.getFirst()), Path.of(arguments.get(1)), stamps::time).verifyAll()) {
                intact &= verdict.finding().isEmpty();
                out.println(verdict.finding().map(finding -> "BAD  " + verdict.process() + ": " + finding).orElseGet(() -> fine(verdict)));
            }
            return intact ? 0 : 1;
        } catch (Problem e) {
            err.println("antin: " + e.detail());
            return 2;
        } catch (IOException e) {
            err.println("antin: The folder " + arguments.getFirst() + " cannot be read.");
            return 2;
        }
    }

    private static String fine(Verdict verdict) {
        return "ok   " + verdict.process() + ": " + verdict.lines() + " lines, " + verdict.heads() + " signed heads, " + verdict.stamps() + " time-stamped"
            + verdict.stamped().map(time -> ", the last at " + time).orElse("");
    }
}
