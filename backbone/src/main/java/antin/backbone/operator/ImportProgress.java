package antin.backbone.operator;

import antin.backbone.calls.JsonExchange;
import antin.directory.rights.Actor;
import antin.directory.transfer.Imports;
import antin.directory.transfer.Progress;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.InternalListener;
import antin.kernel.tls.PeerName;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /imports/progress}: how far an import is, and where its report lies. */
public final class ImportProgress implements InternalListener.Endpoint {

    record Question(@Nullable String id) {
    }

    record Answer(String state, String sentence, boolean dryRun, int lines, int done, int added, int changed, int unchanged, int refused, String report, String setAside) {
    }

    private final Imports imports;

    public ImportProgress(Imports imports) {
        this.imports = imports;
    }

    @Override
    public String path() {
        return "/imports/progress";
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:launcher"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        JsonExchange.serve(exchange, Question.class, this::tell);
    }

    private Answer tell(Question question) {
        String id = JsonExchange.needed(question.id, "id");
        Progress progress = imports.progress(id).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such import."));
        return new Answer(progress.state().name(), progress.failure().map(Progress.Failure::sentence).orElse(""), progress.dryRun(), progress.lines(), progress.done(), progress.added(), progress.changed(), progress.unchanged(),
            progress.refused(), imports.report(Actor.OPERATOR, id).map(Path::toString).orElse(""), imports.setAside(Actor.OPERATOR, id).map(Path::toString).orElse(""));
    }
}
