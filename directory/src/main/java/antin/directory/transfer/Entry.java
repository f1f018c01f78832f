package antin.directory.transfer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One record of a file: a person, a unit, or who leads a unit.
 *
 * @param line     where it begins
 * @param from     its first byte in the file
 * @param to       behind its last one
 * @param cells    by the names of CSV columns; what is not there stays as it is in the directory
 * @param problems why it cannot be read
 */
record Entry(Kind kind, int line, long from, long to, Map<String, Cell> cells, List<LineProblem> problems) {

    enum Kind {
        UNIT, PERSON,
        /** A head of its own: it waits until people are there. Its cells are {@code id} and {@code head}. */
        HEAD,
        /** Nobody can tell. */
        UNKNOWN
    }

    /** @param values one, or more where the column is a list */
    record Cell(int line, int column, List<String> values) {
    }

    Entry {
        cells = Map.copyOf(cells);
        problems = List.copyOf(problems);
    }

    /** Empty where the column is not there; an empty cell is an empty text. */
    Optional<String> text(String column) {
        return Optional.ofNullable(cells.get(column)).map(cell -> cell.values.isEmpty() ? "" : cell.values.getFirst());
    }

    Optional<List<String>> list(String column) {
        return Optional.ofNullable(cells.get(column)).map(Cell::values);
    }

    /** The number of a person, the short name of a unit; empty where there is none. */
    String key() {
        return text(kind == Kind.PERSON ? "number" : "id").orElse("").strip();
    }
}
