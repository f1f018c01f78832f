package antin.ca.ejbca;

import antin.kernel.Problem;
import antin.kernel.config.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code EjbcaDoctorMain STATE/conf/backbone.properties [--issue]}. Exit: 0 all is well, 1 something is wrong, 2 it was called wrongly. */
public final class EjbcaDoctorMain {

    private EjbcaDoctorMain() {
    }

    @SuppressWarnings("SystemOut") // a command of the operator's
    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "antin/ca/logback.xml");
        System.exit(run(List.of(arguments), System.out, Clock.systemUTC()));
    }

    static int run(List<String> arguments, PrintStream out, Clock clock) {
        if (arguments.isEmpty() || arguments.size() > 2 || arguments.size() == 2 && !arguments.get(1).equals("--issue")) {
            out.println("The verb is: ./antin doctor ejbca [--issue]");
            return 2;
        }
        try {
            Optional<EjbcaSettings> settings = EjbcaSettings.read(Settings.read(Path.of(arguments.getFirst())));
            if (settings.isEmpty()) {
                out.println("  No EJBCA is configured: there is no key ejbca.url in " + arguments.getFirst() + ". docs/operations/ejbca.md says which keys there are.");
                return 1;
            }
            return new EjbcaDoctor(settings.get(), out, clock).examine(arguments.size() == 2) ? 0 : 1;
        } catch (Problem e) {
            out.println("  wrong settings. " + e.detail());
            return 1;
        }
    }
}
