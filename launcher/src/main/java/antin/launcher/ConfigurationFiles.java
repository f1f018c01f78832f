package antin.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes each process's configuration where there is none yet, and adds keys that are new. What an operator changed is never touched. */
final class ConfigurationFiles {

    private static final List<String> PROCESSES = List.of("launcher", "ca", "directory", "backbone", "signing-service", "mail-server");
    private static final String PKCS12_RING = "key-ring=pkcs12\npkcs12.folder=keys\npkcs12.password-file=secrets/signing-keys.password";
    private static final String SAMPLE_OWNERS = "# The persons who answer for a key until it is handed over, by number.\nkey.sample-seal.owners=100002\nkey.sample-seal-ec.owners=100002\nkey.sample-agency.owners=100005\nkey.sample-agency.leaders-of=so-noi-vu";
    /** One certificate for signatures and one for encryption, as authorities issue them. */
    private static final String SAMPLE_MAIL = """
        mail.keys=sample-mail,sample-mail-decrypt
        mail.key.sample-mail.addresses=van-thu.so-noi-vu@city.example
        mail.key.sample-mail-decrypt.addresses=van-thu.so-noi-vu@city.example""";
    private static final Pattern HOLE = Pattern.compile("\\{([A-Z0-9_-]+)}");

    private ConfigurationFiles() {
    }

    static void create(Installation installation, LauncherSettings wanted) throws IOException {
        for (String process : PROCESSES) {
            Path file = installation.conf(process);
            boolean first = !Files.exists(file);
            LauncherSettings settings = first && process.equals("launcher") ? wanted : LauncherSettings.read(installation);
            String before = first ? "" : Files.readString(file);
            String text = first ? fill(template(process), wanted) : before + missing(before, fill(template(process), settings));
            if (!text.equals(before)) {
                Folders.createPrivate(installation.home().resolve("conf"));
                Path half = file.resolveSibling("." + process + ".half");
                Files.writeString(half, text);
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The lines of the template whose keys the file does not have: those that a newer version of the programs asks for. */
    private static String missing(String file, String template) throws IOException {
        Properties present = new Properties();
        present.load(new StringReader(file));
        return template.lines().filter(line -> line.matches("[a-z].*=.*") && !present.containsKey(line.substring(0, line.indexOf('='))))
            .map(line -> (file.endsWith("\n") ? "" : "\n") + line + '\n').collect(Collectors.joining());
    }

    private static String template(String process) throws IOException {
        try (InputStream in = ConfigurationFiles.class.getResourceAsStream("conf/" + process + ".properties")) {
            if (in == null) {
                throw new IOException("No template for " + process);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** {@code {IMAPS}} becomes that port with the offset; the others become settings. */
    private static String fill(String template, LauncherSettings wanted) {
        return HOLE.matcher(template).replaceAll(hole -> Matcher.quoteReplacement(switch (hole.group(1)) {
            case "OFFSET" -> Integer.toString(wanted.portOffset());
            case "SAMPLE" -> Boolean.toString(wanted.sample());
            case "KEYS" -> wanted.sample() ? "sample-seal,sample-seal-ec,sample-agency" : "";
            case "KEY-OWNERS" -> wanted.sample() ? SAMPLE_OWNERS : "# The persons who answer for a key, by number: key.NAME.owners=100002";
            case "REPORT-KEY" -> wanted.sample() ? "report-key=sample-seal" : "# The key that seals validation reports as PDF: report-key=NAME";
            case "MAIL-KEYS" -> wanted.sample() ? SAMPLE_MAIL : "mail.keys=";
            case "DEVICE" -> wanted.device().map(KeyDevice::lines).orElse("");
            case "KEY-RING" -> wanted.device().map(KeyDevice::ring).orElse(PKCS12_RING);
            default -> Integer.toString(wanted.port(Port.valueOf(hole.group(1))));
        }));
    }
}
