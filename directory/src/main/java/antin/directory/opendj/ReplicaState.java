package antin.directory.opendj;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How replication of the base goes as one server sees it, read from its {@code cn=monitor}.
 *
 * @param status    {@code Normal}, or what is wrong, such as {@code Bad generation id}
 * @param encrypted whether its session stays in TLS
 * @param replicas  how many servers take part, itself included
 * @param changes   the last change that it has of each server; two that have the same are in step
 */
record ReplicaState(String status, boolean encrypted, int replicas, Set<String> changes) {

    ReplicaState {
        changes = Set.copyOf(changes);
    }

    /** From the LDIF of all entries about this base; empty where it does not take part. */
    static Optional<ReplicaState> parse(String ldif) {
        int replicas = 0;
        Optional<String> own = Optional.empty();
        for (String entry : ldif.split("\\R\\R+")) {
            if (entry.strip().startsWith("dn: cn=Connected directory server")) {
                replicas++;
            } else if (entry.strip().startsWith("dn: cn=Directory server")) {
                own = Optional.of(entry);
            }
        }
        int all = replicas;
        return own.map(entry -> {
            Set<String> changes = new HashSet<>();
            entry.lines().filter(line -> line.startsWith("server-state: ")).forEach(line -> changes.add(line.split(" ")[1]));
            return new ReplicaState(value(entry, "status"), value(entry, "ssl-encryption").equals("true"), all, changes);
        });
    }

    boolean isWell() {
        return status.equals("Normal") && encrypted && replicas >= 2;
    }

    boolean isInStepWith(ReplicaState other) {
        return isWell() && other.isWell() && changes.equals(other.changes);
    }

    private static String value(String entry, String name) {
        return entry.lines().filter(line -> line.startsWith(name + ": ")).map(line -> line.substring(name.length() + 2)).findFirst().orElse("unknown");
    }
}
