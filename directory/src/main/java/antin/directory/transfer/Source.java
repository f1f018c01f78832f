package antin.directory.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file of people or units, which is read as often as it is asked for and never held whole. */
sealed interface Source permits CsvSource, LdifSource {

    /** Takes one record after another, in the order of the file. */
    interface Reader {

        void take(Entry entry) throws IOException, InterruptedException;
    }

    void read(Reader reader) throws IOException, InterruptedException;

    /** Why nothing of it can be read; empty where it can. */
    List<LineProblem> headProblems() throws IOException;

    /** The bytes that stand before set-aside records. */
    byte[] head() throws IOException;

    /** By its name, or else by how it begins. */
    static Source of(Path file, boolean ldif) {
        return ldif ? new LdifSource(file) : new CsvSource(file);
    }
}
