package antin.server;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.nio.file.Path;

/** Where a process's own database is; nobody else reads it. */
public record DatabaseSettings(String url, String user, Path passwordFile) {

    public DatabaseSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new Problem(Kind.MISCONFIGURED, "The key database.url must begin with jdbc:postgresql:, and is \"" + url + "\".");
        }
    }

    /** The keys {@code database.url}, {@code database.user} and {@code database.password-file}. */
    public static DatabaseSettings read(Settings file) {
        return new DatabaseSettings(file.text("database.url"), file.text("database.user"), file.path("database.password-file"));
    }
}
