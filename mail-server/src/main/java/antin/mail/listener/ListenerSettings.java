package antin.mail.listener;

import antin.mail.guard.Networks;
import java.net.InetAddress;
import java.time.Duration;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;

/**
 * One listener, before it runs.
 *
 * @param name             for threads, metrics and logs
 * @param tls              when TLS begins
 * @param maxLetterBytes   longest letter taken
 * @param connections      at once
 * @param connectionsEach  at once from one address
 * @param proxies          whose word on the client's address counts
 * @param silence          after which the connection ends
 */
public record ListenerSettings(String name, InetAddress address, int port, Tls tls, String hostname, int maxLetterBytes, int connections,
        int connectionsEach, Networks proxies, Duration silence) {

    /** When TLS begins: with the first byte, after STARTTLS, or never (loopback only). */
    public enum Tls { FROM_START, ON_REQUEST, NONE }

    /** What James's servers want to be told in its own words. */
    BaseHierarchicalConfiguration james() {
        BaseHierarchicalConfiguration james = new BaseHierarchicalConfiguration();
        james.addProperty("[@enabled]", true);
        james.addProperty("jmxName", name);
        james.addProperty("bind", "127.0.0.1:" + port); // Listeners puts the real address in its place: James would look up its name
        james.addProperty("helloName", hostname);
        james.addProperty("helloName[@autodetect]", false);
        james.addProperty("ioWorkerCount", 16);
        james.addProperty("bossWorkerCount", 1);
        james.addProperty("maxExecutorCount", 1);
        james.addProperty("connectionBacklog", 500);
        james.addProperty("gracefulShutdown", false);
        james.addProperty("handlerchain[@enableJmx]", false);
        return james;
    }
}
