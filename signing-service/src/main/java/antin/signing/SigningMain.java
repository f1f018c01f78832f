package antin.signing;

import antin.kernel.process.StartUp;
import java.time.Clock;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** {@code SigningMain STATE/conf/signing-service.properties}: serves until SIGTERM. What is set up wrongly is told in one sentence. */
public final class SigningMain {

    private SigningMain() {
    }

    public static void main(String[] arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        StartUp.run("signing-service", arguments, file -> {
            SigningSettings settings = SigningSettings.read(file);
            WorkFolder.openTemporary(settings.workFolder());
            SigningService.start(settings, Clock.systemUTC()).closeAtExit();
            LoggerFactory.getLogger(SigningMain.class).info("Ready at {}", settings.publicUrl());
        });
    }
}
