package antin.backbone;

import antin.kernel.process.StartUp;
import java.time.Clock;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** {@code BackboneMain STATE/conf/backbone.properties}: serves until SIGTERM. What is set up wrongly is told in one sentence. */
public final class BackboneMain {

    private BackboneMain() {
    }

    public static void main(String[] arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        StartUp.run("backbone", arguments, file -> {
            BackboneSettings settings = BackboneSettings.read(file);
            Backbone.start(settings, Clock.systemUTC()).closeAtExit();
            LoggerFactory.getLogger(BackboneMain.class).info("Ready at {}", settings.oidc().issuer());
        });
    }
}
