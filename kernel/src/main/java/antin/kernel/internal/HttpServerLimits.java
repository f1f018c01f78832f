package antin.kernel.internal;

/**
 * What the JDK's HTTP server lets clients do. It reads these properties once, when its first server is made, and they hold for
 * every listener of the process: so this is the one place for them, called before each server is made.
 */
public final class HttpServerLimits {

    private HttpServerLimits() {
    }

    public static void set() {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // small answers wait 40 ms otherwise
        System.setProperty("sun.net.httpserver.maxReqTime", "10"); // seconds, for head and body
        System.setProperty("sun.net.httpserver.maxRspTime", "60"); // long polls take half of it
        System.setProperty("sun.net.httpserver.idleInterval", "30");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "200");
        System.setProperty("sun.net.httpserver.maxReqHeaders", "50");
        System.setProperty("sun.net.httpserver.maxReqHeaderSize", "16384"); // with the request line: an OCSP GET has its question there
        System.setProperty("sun.net.httpserver.drainAmount", "4194304"); // of a body that nobody read: closed before, its sender might never see the answer
        System.setProperty("jdk.httpserver.maxConnections", "1000"); // each listener
    }
}
