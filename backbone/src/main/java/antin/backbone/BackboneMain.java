package antin.backbone;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** {@code BackboneMain STATE/conf/backbone.properties}: serves until SIGTERM. What is set up wrongly is told in one sentence. */
public final class BackboneMain {

    private static final int CANNOT_START = 2;

    private BackboneMain() {
    }

    public static void main(String[] arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Logger log = LoggerFactory.getLogger(BackboneMain.class);
        try {
            if (arguments.length != 1) {
                throw new Problem(Kind.MISCONFIGURED, "It takes one argument, its configuration file STATE/conf/backbone.properties.");
            }
            BackboneSettings settings = BackboneSettings.read(Settings.read(Path.of(arguments[0])));
            Backbone backbone = Backbone.start(settings, Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(backbone::close, "stop"));
            log.info("Ready at {}", settings.oidc().issuer());
        } catch (Problem e) {
            log.error("Cannot start", e);
            System.err.println("antin: backbone cannot start: " + e.detail());
            System.exit(CANNOT_START);
        } catch (RuntimeException e) {
            log.error("Cannot start", e);
            System.err.println("antin: backbone cannot start: an unexpected error, " + e.getClass().getSimpleName() + "; the log has the rest.");
            System.exit(CANNOT_START);
        }
    }
}
