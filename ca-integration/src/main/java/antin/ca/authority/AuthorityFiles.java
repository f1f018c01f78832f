package antin.ca.authority;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The authorities of an installation, each in a PKCS#12 file. Below the root there is one for each kind of subject that Decree 68/2024/NĐ-CP,
 * Article 10 knows: persons, agencies, and devices, services and software.
 *
 * @param root     may lie elsewhere once what is below it is made
 * @param issuing  for devices, services and software; also in the place of the two others where they are not made yet
 * @param persons  may not be there yet, as in an installation of before
 * @param agencies the same
 */
public record AuthorityFiles(KeyFile root, KeyFile issuing, KeyFile persons, KeyFile agencies, KeyFile internal, String statusUrl) {

    public static final String ROOT = "root";
    public static final String ISSUING = "issuing";
    public static final String PERSONS = "persons";
    public static final String AGENCIES = "agencies";
    public static final String INTERNAL = "internal";

    public Authority readRoot() {
        return read(root, Optional.of(new StatusAddresses(statusUrl, ROOT)));
    }

    public Authority readIssuing() {
        return readIssuing(issuing);
    }

    /** One of those below the root. */
    public Authority readIssuing(KeyFile file) {
        return read(file, Optional.of(new StatusAddresses(statusUrl, file.alias())));
    }

    /** Those below the root that are made, {@code issuing} first. */
    public List<Authority> readAllIssuing() {
        return Stream.of(issuing, persons, agencies).filter(file -> file == issuing || Files.exists(file.file())).map(this::readIssuing).toList();
    }

    public Authority readInternal() {
        return read(internal, Optional.empty());
    }

    private static Authority read(KeyFile file, Optional<StatusAddresses> status) {
        KeyFile.Content content = file.read();
        return new Authority(file.alias(), content.key(), content.chain(), status);
    }
}
