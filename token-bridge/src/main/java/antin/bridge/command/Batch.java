package antin.bridge.command;

import antin.bridge.message.Arguments;
import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import antin.bridge.origin.Origin;
import antin.bridge.window.PinQuestion.Document;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents to be signed together. A message has 8 kB, so a page names them in several; a page of another origin begins anew. */
public final class Batch {

    /** How many one confirmation may list. */
    static final int MOST = 200;
    private static final int LONGEST_NAME = 200;

    private final List<Document> documents = new ArrayList<>();
    private @Nullable Origin owner;

    /** Adds {@code documents}, each with a name and a digest of one of the functions' lengths, and returns how many there are. */
    int add(Origin origin, Arguments arguments) {
        if (!origin.equals(owner)) {
            documents.clear();
            owner = origin;
        }
        for (Arguments document : arguments.list("documents", MOST)) {
            document.only("name", "hash");
            documents.add(new Document(document.text("name", LONGEST_NAME), document.octets("hash")));
        }
        if (documents.size() > MOST) {
            documents.clear();
            throw new Refused(Reason.INVALID_ARGUMENT);
        }
        return documents.size();
    }

    /** All of them; the next batch is empty, whatever becomes of this one. */
    List<Document> take() {
        List<Document> all = List.copyOf(documents);
        documents.clear();
        owner = null;
        return all;
    }
}
