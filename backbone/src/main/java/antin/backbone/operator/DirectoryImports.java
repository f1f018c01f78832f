package antin.backbone.operator;

import antin.backbone.calls.JsonExchange;
import antin.directory.rights.Actor;
import antin.directory.transfer.Imports;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.InternalListener;
import antin.kernel.tls.PeerName;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /imports}: takes a file of this machine into the directory. The operator stands above the tree: an empty directory has nobody else. */
public final class DirectoryImports implements InternalListener.Endpoint {

    record Question(@Nullable String file, boolean dryRun) {
    }

    record Answer(String id) {
    }

    private final Imports imports;

    public DirectoryImports(Imports imports) {
        this.imports = imports;
    }

    @Override
    public String path() {
        return "/imports";
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:launcher"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        JsonExchange.serve(exchange, Question.class, this::begin);
    }

    private Answer begin(Question question) {
        Path file = Path.of(JsonExchange.needed(question.file, "file"));
        if (!file.isAbsolute() || !Files.isRegularFile(file)) {
            throw new Problem(Kind.NOT_FOUND, "There is no such file.");
        }
        try (InputStream content = Files.newInputStream(file)) {
            return new Answer(imports.begin(Actor.OPERATOR, file.getFileName().toString(), content, question.dryRun));
        } catch (IOException e) {
            throw new Problem(Kind.NOT_FOUND, "The file cannot be read by the backbone, or not be copied: check who may read it and the free space.", e);
        }
    }
}
