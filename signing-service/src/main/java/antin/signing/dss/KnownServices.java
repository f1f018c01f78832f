package antin.signing.dss;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Remembers what {@link java.util.ServiceLoader} reads. The libraries ask it anew for each document, and each time it opens every archive of the class path. */
final class KnownServices extends ClassLoader {

    private static final String SERVICES = "META-INF/services/";
    private static final KnownServices OURS = new KnownServices(KnownServices.class.getClassLoader());

    private final Map<String, List<URL>> known = new ConcurrentHashMap<>();

    private KnownServices(ClassLoader parent) {
        super(parent);
    }

    /** The libraries ask the thread for its loader. */
    static <T> T during(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader outer = thread.getContextClassLoader();
        thread.setContextClassLoader(OURS);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(outer);
        }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.startsWith(SERVICES) ? Collections.enumeration(known.computeIfAbsent(name, this::read)) : super.getResources(name);
    }

    private List<URL> read(String name) {
        try {
            List<URL> read = new ArrayList<>();
            for (URL one : Collections.list(super.getResources(name))) {
                try (InputStream in = one.openStream()) {
                    read.add(URL.of(URI.create("memory:/" + name + "/" + read.size()), new InMemory(in.readAllBytes())));
                }
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class InMemory extends URLStreamHandler {

        private final byte[] octets;

        InMemory(byte[] octets) {
            this.octets = octets;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {

                @Override
                public void connect() {
                    // nothing to connect to
                }

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(octets);
                }
            };
        }
    }
}
