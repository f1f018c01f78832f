package antin.launcher;

import java.util.List;
import java.util.stream.Stream;

/** The ports of the published table, before the offset. */
enum Port {
    POSTGRESQL("postgresql", 15432, "PostgreSQL"),
    LDAP("directory", 10389, "LDAP"),
    LDAPS("directory", 10636, "LDAPS"),
    DIRECTORY_ADMINISTRATION("directory", 10444, "directory administration"),
    PAGES("backbone", 8440, "login and account pages"),
    STATUS("backbone", 8441, "certificate status"),
    TOKEN("backbone", 8442, "login with a certificate"),
    SIGNING("signing-service", 8443, "signing REST"),
    SIGNING_INTERNAL("signing-service", 9443, "internal calls"),
    SIGNING_MANAGEMENT("signing-service", 9543, "management"),
    CA_INTERNAL("ca", 9441, "internal calls"),
    CA_MANAGEMENT("ca", 9541, "management"),
    BACKBONE_INTERNAL("backbone", 9440, "internal calls"),
    BACKBONE_MANAGEMENT("backbone", 9540, "management"),
    SMTP("mail-server", 10025, "SMTP"),
    SUBMISSION("mail-server", 10587, "submission"),
    SUBMISSIONS("mail-server", 10465, "submission over TLS"),
    LMTP("mail-server", 10024, "LMTP"),
    IMAP("mail-server", 10143, "IMAP"),
    IMAPS("mail-server", 10993, "IMAPS"),
    POP3("mail-server", 10110, "POP3"),
    POP3S("mail-server", 10995, "POP3S"),
    SIEVE("mail-server", 14190, "ManageSieve"),
    MAIL_MANAGEMENT("mail-server", 9544, "management");

    private static final int HIGHEST = 65_535;

    final String process;
    final String use;
    private final int base;

    Port(String process, int base, String use) {
        this.process = process;
        this.base = base;
        this.use = use;
    }

    int at(int offset) {
        return base + offset;
    }

    static List<Port> of(String process) {
        return Stream.of(values()).filter(port -> port.process.equals(process)).toList();
    }

    /** Whether every port of the table stays a port, and a port that no root is needed for. */
    static boolean isUsable(int offset) {
        return Stream.of(values()).allMatch(port -> port.at(offset) >= 1024 && port.at(offset) <= HIGHEST);
    }
}
