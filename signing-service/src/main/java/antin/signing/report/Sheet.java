package antin.signing.report;

import java.util.List;

/**
 * What a reader is told, in the order in which it is told.
 *
 * @param verdict     one or two large words
 * @param explanation sentences below it
 * @param about       the document and the time
 * @param note        what this sheet is worth
 * @param footer      of each page, with {@code {0}} for its number and {@code {1}} for how many there are
 */
public record Sheet(Words title, Mark mark, Words verdict, List<Words> explanation, List<Row> about, List<Section> sections, Words note, Words footer) {

    /** Shown beside words that say the same, never alone (WCAG 2.2, 1.4.1). */
    public enum Mark { GOOD, BAD, OPEN }

    /** One signature. */
    public record Section(Words heading, Mark mark, List<Row> rows) {

        public Section {
            rows = List.copyOf(rows);
        }
    }

    /** A name, and what there is under it. */
    public record Row(Words label, List<Words> values) {

        public Row {
            values = List.copyOf(values);
        }
    }

    public Sheet {
        explanation = List.copyOf(explanation);
        about = List.copyOf(about);
        sections = List.copyOf(sections);
    }
}
