package antin.signing.fuzz;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;

/** A request of which nothing is asked but its body. */
public final class Sent extends ServletInputStream {

    private final ByteArrayInputStream body;

    private Sent(byte[] body) {
        this.body = new ByteArrayInputStream(body);
    }

    /** A POST of this type. */
    public static HttpServletRequest of(String contentType, byte[] body) {
        Sent stream = new Sent(body);
        return (HttpServletRequest) Proxy.newProxyInstance(Sent.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> switch (method.getName()) {
            case "getInputStream" -> stream;
            case "getContentType" -> contentType;
            case "getContentLength" -> body.length;
            case "getContentLengthLong" -> (long) body.length;
            case "getMethod" -> "POST";
            case "getCharacterEncoding", "getHeader" -> null;
            default -> throw new IllegalStateException("Nobody asks for " + method.getName());
        });
    }

    @Override
    public int read() {
        return body.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        return body.read(buffer, offset, length);
    }

    @Override
    public boolean isFinished() {
        return body.available() == 0;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new IllegalStateException("Nobody listens");
    }
}
