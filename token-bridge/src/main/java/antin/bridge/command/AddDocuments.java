package antin.bridge.command;

import antin.bridge.message.Arguments;
import antin.bridge.message.Json;
import antin.bridge.origin.Origins;
import tools.jackson.databind.node.ObjectNode;

/** Names documents that a later {@code sign-all} of the same page signs. */
public final class AddDocuments implements Command {

    private final Origins origins;
    private final Batch batch;

    public AddDocuments(Origins origins, Batch batch) {
        this.origins = origins;
        this.batch = batch;
    }

    @Override
    public String name() {
        return "add-documents";
    }

    @Override
    public ObjectNode answer(Arguments arguments) {
        arguments.only("origin", "documents");
        return Json.object().put("documents", batch.add(origins.admit(arguments.text("origin", WebEid.LONGEST_ORIGIN)), arguments));
    }
}
