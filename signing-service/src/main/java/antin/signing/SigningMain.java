package antin.signing;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** {@code SigningMain STATE/conf/signing-service.properties}: serves until SIGTERM. What is set up wrongly is told in one sentence. */
public final class SigningMain {

    private static final int CANNOT_START = 2;

    private SigningMain() {
    }

    public static void main(String[] arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Logger log = LoggerFactory.getLogger(SigningMain.class);
        try {
            if (arguments.length != 1) {
                throw new Problem(Kind.MISCONFIGURED, "It takes one argument, its configuration file STATE/conf/signing-service.properties.");
            }
            SigningSettings settings = SigningSettings.read(Settings.read(Path.of(arguments[0])));
            SigningService service = SigningService.start(settings, Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
            log.info("Ready at {}", settings.publicUrl());
        } catch (Problem e) {
            log.error("Cannot start", e);
            System.err.println("antin: signing-service cannot start: " + e.detail());
            System.exit(CANNOT_START);
        } catch (RuntimeException e) {
            log.error("Cannot start", e);
            System.err.println("antin: signing-service cannot start: an unexpected error, " + e.getClass().getSimpleName() + "; the log has the rest.");
            System.exit(CANNOT_START);
        }
    }
}
