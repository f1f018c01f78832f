package antin.ca.external;

import antin.kernel.Problem;
import antin.kernel.config.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** {@code OutsideDoctorMain STATE/conf/backbone.properties}. Exit: 0 all is well, 1 something is wrong, 2 it was called wrongly. */
public final class OutsideDoctorMain {

    private OutsideDoctorMain() {
    }

    @SuppressWarnings("SystemOut") // a command of the operator's
    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "antin/ca/logback.xml");
        System.exit(run(List.of(arguments), System.out, Clock.systemUTC()));
    }

    static int run(List<String> arguments, PrintStream out, Clock clock) {
        if (arguments.size() != 1) {
            out.println("The verb is: ./antin doctor external");
            return 2;
        }
        try (Fetch fetch = new Fetch()) {
            List<OutsideAuthority> authorities = OutsideAuthority.read(Settings.read(Path.of(arguments.getFirst())));
            if (authorities.isEmpty()) {
                out.println("  No outside authority is configured: there is no key external.names in " + arguments.getFirst() + ". docs/operations/external.md says which keys there are.");
                return 1;
            }
            return new OutsideDoctor(out, clock, fetch).examine(authorities) ? 0 : 1;
        } catch (Problem e) {
            out.println("  wrong settings. " + e.detail());
            return 1;
        }
    }
}
