package antin.signing.dss;

import antin.signing.WorkFolder;
import eu.europa.esig.dss.asic.common.SecureContainerHandlerBuilder;
import eu.europa.esig.dss.asic.common.ZipUtils;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.signature.resources.AbstractResourcesHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What DSS packs and unpacks for one document: small in memory, large in files of the work folder, which {@link #clear()} removes. DSS has one door for all threads, so each thread's work says whose it is.
 */
final class WorkResources {

    private static final int LARGE = 4 << 20;
    private static final ThreadLocal<@Nullable WorkResources> OF_THIS_WORK = new ThreadLocal<>();

    static {
        SecureContainerHandlerBuilder containers = new SecureContainerHandlerBuilder();
        containers.setResourcesHandlerBuilder(Handler::new);
        ZipUtils.getInstance().setZipContainerHandlerBuilder(containers);
    }

    private final WorkFolder folder;
    private final List<Path> files = new ArrayList<>();

    WorkResources(WorkFolder folder) {
        this.folder = folder;
    }

    /** Lets {@code work} put its files here. */
    <T> T during(Supplier<T> work) {
        WorkResources outer = OF_THIS_WORK.get();
        OF_THIS_WORK.set(this);
        try {
            return KnownServices.during(work);
        } finally {
            OF_THIS_WORK.set(outer);
        }
    }

    Path newFile() {
        Path file = folder.newFile();
        files.add(file);
        return file;
    }

    void clear() {
        files.forEach(WorkFolder::remove);
        files.clear();
    }

    /** Memory at first, a file once it is too much for it. */
    private static final class Handler extends AbstractResourcesHandler {

        private final Overflow overflow = new Overflow(OF_THIS_WORK.get());

        @Override
        protected OutputStream buildOutputStream() {
            return overflow;
        }

        @Override
        public DSSDocument writeToDSSDocument() throws IOException {
            close();
            return overflow.file == null ? new InMemoryDocument(overflow.memory.toByteArray()) : new FileDocument(overflow.file.toFile());
        }
    }

    private static final class Overflow extends OutputStream {

        private final @Nullable WorkResources owner;
        private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private OutputStream target = memory;
        private @Nullable Path file;

        Overflow(@Nullable WorkResources owner) {
            this.owner = owner;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            if (owner != null && file == null && memory.size() + count > LARGE) {
                Path moved = owner.newFile();
                target = new java.io.BufferedOutputStream(Files.newOutputStream(moved));
                memory.writeTo(target);
                memory.reset();
                file = moved;
            }
            target.write(octets, from, count);
        }

        @Override
        public void close() {
            try {
                target.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
