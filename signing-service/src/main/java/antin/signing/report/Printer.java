package antin.signing.report;

import java.nio.file.Path;

/** Puts a sheet on paper. Safe for use by many threads. */
public interface Printer {

    /** Writes PDF/A-2b (ISO 19005-2) on A4. Equal sheets give equal files. */
    void print(Sheet sheet, Path file);
}
