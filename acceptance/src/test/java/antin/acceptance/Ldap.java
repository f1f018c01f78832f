package antin.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Debian's ldapsearch, as a mail client's address book would ask.
 *
 * @param folder for passwords, which never stand on a command line
 */
record Ldap(Antin antin, Path folder) {

    static final String BASE = "dc=city,dc=example";

    /** Everything below the base that fits {@code filter}, in LDIF without wrapped lines. */
    Tool.Result search(String dn, String password, String filter, String... attributes) throws IOException {
        List<String> command = new ArrayList<>(List.of("ldapsearch", "-LLL", "-o", "ldif-wrap=no", "-x", "-H", "ldaps://127.0.0.1:" + antin.port(10636), "-b", BASE));
        if (!dn.isEmpty()) {
            command.addAll(List.of("-D", dn, "-y", Files.writeString(folder.resolve("password"), password).toString()));
        }
        command.add(filter);
        command.addAll(List.of(attributes));
        return Tool.run(Map.of("LDAPTLS_CACERT", antin.root()), "", command.toArray(String[]::new));
    }

    /** As the server's manager, who sees everything. */
    Tool.Result asManager(String filter, String... attributes) throws IOException {
        return search("cn=Directory Manager", Files.readString(antin.home().resolve("secrets/directory-manager.password")).strip(), filter, attributes);
    }
}
