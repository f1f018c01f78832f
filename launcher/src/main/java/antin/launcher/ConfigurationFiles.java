package antin.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes each process's configuration where there is none yet. What an operator changed is never touched. */
final class ConfigurationFiles {

    private static final List<String> PROCESSES = List.of("launcher", "ca", "backbone", "mail-server");
    private static final Pattern HOLE = Pattern.compile("\\{([A-Z0-9_-]+)}");

    private ConfigurationFiles() {
    }

    static void create(Installation installation, LauncherSettings wanted) throws IOException {
        for (String process : PROCESSES) {
            Path file = installation.conf(process);
            if (Files.exists(file)) {
                continue;
            }
            Folders.createPrivate(installation.home().resolve("conf"));
            Path half = file.resolveSibling("." + process + ".half");
            Files.writeString(half, fill(template(process), wanted));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String template(String process) throws IOException {
        try (InputStream in = ConfigurationFiles.class.getResourceAsStream("conf/" + process + ".properties")) {
            if (in == null) {
                throw new IOException("No template for " + process);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** {@code {IMAPS}} becomes that port with the offset; {@code {OFFSET}} and {@code {SAMPLE}} the settings themselves. */
    private static String fill(String template, LauncherSettings wanted) {
        return HOLE.matcher(template).replaceAll(hole -> Matcher.quoteReplacement(switch (hole.group(1)) {
            case "OFFSET" -> Integer.toString(wanted.portOffset());
            case "SAMPLE" -> Boolean.toString(wanted.sample());
            default -> Integer.toString(wanted.port(Port.valueOf(hole.group(1))));
        }));
    }
}
