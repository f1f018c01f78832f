package antin.signing.dss;

import antin.signing.OctetBuffer;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.signature.resources.AbstractResourcesHandler;
import java.io.OutputStream;

/** A small document while a library writes it, in memory. */
final class MemoryResources extends AbstractResourcesHandler {

    /** Of a revision more, with its signature. */
    private static final int ROOM = 64 * 1024;

    private final OctetBuffer octets = new OctetBuffer(ROOM);

    @Override
    protected OutputStream buildOutputStream() {
        return octets;
    }

    @Override
    public DSSDocument writeToDSSDocument() {
        return new InMemoryDocument(octets.toByteArray());
    }
}
