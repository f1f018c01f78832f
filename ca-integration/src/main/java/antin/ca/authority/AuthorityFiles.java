package antin.ca.authority;

import java.util.Optional;

/**
 * The three authorities of an installation, each in a PKCS#12 file.
 *
 * @param root may lie elsewhere once what is below it is made
 */
public record AuthorityFiles(KeyFile root, KeyFile issuing, KeyFile internal, String statusUrl) {

    public static final String ROOT = "root";
    public static final String ISSUING = "issuing";
    public static final String INTERNAL = "internal";

    public Authority readRoot() {
        return read(root, Optional.of(new StatusAddresses(statusUrl, ROOT)));
    }

    public Authority readIssuing() {
        return read(issuing, Optional.of(new StatusAddresses(statusUrl, ISSUING)));
    }

    public Authority readInternal() {
        return read(internal, Optional.empty());
    }

    private static Authority read(KeyFile file, Optional<StatusAddresses> status) {
        KeyFile.Content content = file.read();
        return new Authority(file.alias(), content.key(), content.chain(), status);
    }
}
