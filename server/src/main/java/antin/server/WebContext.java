package antin.server;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** A Spring context that serves on one listener from {@link #refresh} to {@link #close}; bean by bean, nothing is scanned. */
public final class WebContext extends AnnotationConfigServletWebServerApplicationContext {

    private static final long STOP_MS = 5_000;

    public WebContext(TomcatServletWebServerFactory listener) {
        registerBean(TomcatServletWebServerFactory.class, () -> listener);
        registerBean("lifecycleProcessor", DefaultLifecycleProcessor.class, WebContext::stopSoon);
    }

    /** A part that beans may ask for, and that somebody else closes. */
    public <T> void lend(Class<T> type, T part) {
        registerBean(type, () -> part, definition -> definition.setDestroyMethodName(""));
    }

    private static DefaultLifecycleProcessor stopSoon() {
        DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
        processor.setTimeoutPerShutdownPhase(STOP_MS);
        return processor;
    }
}
