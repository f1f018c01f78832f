package antin.directory.password;

import antin.directory.Levels;
import antin.kernel.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code conf/directory.properties}: what holds for the directory in every process that reads or serves it.
 *
 * @param levels    of administration, the highest first
 * @param passwords what they must be
 */
public record DirectoryPolicy(Levels levels, PasswordPolicy passwords) {

    /** What is shipped. */
    public static final DirectoryPolicy SHIPPED = new DirectoryPolicy(Levels.THREE, PasswordPolicy.LEVEL_3);

    /** Where there is no file, what is shipped counts. */
    public static DirectoryPolicy read(Path file) {
        if (!Files.exists(file)) {
            return SHIPPED;
        }
        Settings settings = Settings.read(file);
        Levels levels = settings.optionalText("levels").isEmpty() ? Levels.THREE : new Levels(settings.list("levels"));
        DirectoryPolicy policy = new DirectoryPolicy(levels, PasswordPolicy.read(settings));
        settings.refuseUnknownKeys();
        return policy;
    }
}
