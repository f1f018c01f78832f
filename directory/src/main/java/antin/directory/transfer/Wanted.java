package antin.directory.transfer;

import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.transfer.Entry.Cell;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a record wants an entry to be, or all that is wrong with it.
 *
 * @param entry null where there are problems
 */
record Wanted<T>(@Nullable T entry, List<LineProblem> problems) {

    /** Takes one field after another out of a record, and remembers what is wrong with each. */
    static final class Fields {

        private final Entry record;
        private final List<LineProblem> problems = new ArrayList<>();
        private final Set<String> replaced = new HashSet<>();

        Fields(Entry record) {
            this.record = record;
        }

        /** The cell, in the spelling that is there where both are the same but for the form of their marks. */
        String text(String column, String otherwise) {
            String value = record.text(column).orElse(otherwise);
            return Normalizer.normalize(otherwise, Normalizer.Form.NFC).equals(value) ? otherwise : value;
        }

        /** A word of the trade, about which spaces and capitals say nothing. */
        String word(String column, String otherwise) {
            String value = record.text(column).orElse(otherwise).strip().toLowerCase(Locale.ROOT);
            return value.isEmpty() ? otherwise : value;
        }

        /** The same list where it holds the same. */
        List<String> list(String column, List<String> otherwise) {
            List<String> values = record.list(column).map(list -> list.stream().map(String::strip).distinct().toList()).orElse(otherwise);
            return Set.copyOf(values).equals(Set.copyOf(otherwise)) ? otherwise : values;
        }

        void problem(String column, Reason reason) {
            problems.add(of(record, column, reason));
        }

        /** {@code value} unless the column was found wrong, then something that nobody finds fault with, so that the other columns are looked at too. */
        String unlessWrong(String column, String value, String harmless) {
            return replaced.contains(column) ? harmless : value;
        }

        boolean isWrong(String column) {
            return replaced.contains(column);
        }

        /** Builds again and again, each time without the field that was refused last. */
        <T> Wanted<T> build(Supplier<T> entry) {
            while (true) {
                try {
                    T built = entry.get();
                    return problems.isEmpty() ? new Wanted<>(built, List.of()) : new Wanted<>(null, List.copyOf(problems));
                } catch (Refusal e) {
                    problem(e.field(), e.reason());
                    if (!replaced.add(e.field())) {
                        return new Wanted<>(null, List.copyOf(problems));
                    }
                }
            }
        }
    }

    /** Where a field stands in the file; the whole record where it has no cell. */
    static LineProblem of(Entry record, String column, Reason reason) {
        Map<String, Cell> cells = record.cells();
        Cell cell = cells.get(column);
        return new LineProblem(cell == null ? record.line() : cell.line(), cell == null ? 0 : cell.column(), column, cell == null ? "" : String.join("; ", cell.values()), reason);
    }
}
