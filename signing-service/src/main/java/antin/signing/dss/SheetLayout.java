package antin.signing.dss;

import antin.signing.report.Sheet;
import antin.signing.report.Sheet.Mark;
import antin.signing.report.Sheet.Row;
import antin.signing.report.Sheet.Section;
import antin.signing.report.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where each line of a sheet stands: Vietnamese above, English below it, on as many pages of A4 as it takes. In points, from the upper left corner. */
final class SheetLayout {

    static final float WIDTH = 595.28f;
    static final float HEIGHT = 841.89f;
    static final float LEFT = 56;
    static final float RIGHT = WIDTH - 50;
    private static final float TOP = 54;
    private static final float BOTTOM = HEIGHT - 66;
    private static final float VALUES = LEFT + 150;
    private static final float LEADING = 1.35f;
    private static final int KEPT_TOGETHER = 8;

    /** How a line is written. */
    enum Style {
        TITLE(17, true, false), SECOND_TITLE(11, false, true), VERDICT(22, true, false), SECOND_VERDICT(13, false, true), HEADING(12, true, false), TEXT(10.5f, false, false), SECOND(9, false, true);

        final float size;
        final boolean heavy;
        final boolean soft;

        Style(float size, boolean heavy, boolean soft) {
            this.size = size;
            this.heavy = heavy;
            this.soft = soft;
        }
    }

    /** One line of text by its baseline; or, where there is a mark, a picture of it. */
    record Piece(float x, float y, Style style, String text, @Nullable Mark mark) {
    }

    /** Lines side by side. */
    private record Block(float height, boolean withNext, List<Piece> pieces) {
    }

    private final PdfLetters letters;
    private final List<Block> blocks = new ArrayList<>();

    private SheetLayout(PdfLetters letters) {
        this.letters = letters;
    }

    static List<List<Piece>> pages(Sheet sheet, PdfLetters letters) {
        SheetLayout layout = new SheetLayout(letters);
        layout.lines(sheet.title(), LEFT, Style.TITLE, Style.SECOND_TITLE);
        layout.space(14);
        layout.verdict(sheet);
        layout.space(10);
        sheet.about().forEach(layout::row);
        for (Section section : sheet.sections()) {
            layout.heading(section);
            section.rows().forEach(layout::row);
        }
        layout.space(16);
        layout.lines(sheet.note(), LEFT, Style.TEXT, Style.SECOND);
        return layout.numbered(sheet.footer());
    }

    private void verdict(Sheet sheet) {
        blocks.add(new Block(0, true, List.of(new Piece(LEFT, 30, Style.VERDICT, "", sheet.mark()))));
        lines(sheet.verdict(), LEFT + 56, Style.VERDICT, Style.SECOND_VERDICT);
        sheet.explanation().forEach(words -> lines(words, LEFT + 56, Style.TEXT, Style.SECOND));
    }

    private void heading(Section section) {
        space(16);
        blocks.add(new Block(0, true, List.of(new Piece(LEFT, 10, Style.HEADING, "", section.mark()))));
        lines(section.heading(), LEFT + 24, Style.HEADING, Style.SECOND);
        space(4);
    }

    private void space(float height) {
        blocks.add(new Block(height, true, List.of()));
    }

    /** Always with what comes next: all lines that stand alone are headings. */
    private void lines(Words words, float x, Style first, Style second) {
        for (Line line : both(words, RIGHT - x, first, second)) {
            blocks.add(new Block(line.height(), true, List.of(line.at(x))));
        }
    }

    private void row(Row row) {
        List<Line> labels = both(row.label(), VALUES - LEFT - 10, Style.TEXT, Style.SECOND);
        List<Line> values = row.values().stream().flatMap(words -> both(words, RIGHT - VALUES, Style.TEXT, Style.SECOND).stream()).toList();
        int count = Math.max(labels.size(), values.size());
        for (int i = 0; i < count; i++) {
            List<Piece> pieces = new ArrayList<>();
            float height = 0;
            if (i < labels.size()) {
                pieces.add(labels.get(i).at(LEFT));
                height = labels.get(i).height();
            }
            if (i < values.size()) {
                pieces.add(values.get(i).at(VALUES));
                height = Math.max(height, values.get(i).height());
            }
            blocks.add(new Block(i == count - 1 ? height + 4 : height, count <= KEPT_TOGETHER && i < count - 1, pieces));
        }
    }

    private record Line(Style style, String text) {

        float height() {
            return style.size * LEADING;
        }

        Piece at(float x) {
            return new Piece(x, style.size, style, text, null);
        }
    }

    private List<Line> both(Words words, float width, Style first, Style second) {
        List<Line> lines = new ArrayList<>();
        letters.broken(words.vi(), first.size, width).forEach(text -> lines.add(new Line(first, text)));
        if (words.differ()) {
            letters.broken(words.en(), second.size, width).forEach(text -> lines.add(new Line(second, text)));
        }
        return lines;
    }

    private List<List<Piece>> numbered(Words footer) {
        List<List<Piece>> pages = paged();
        for (int i = 0; i < pages.size(); i++) {
            String number = Integer.toString(i + 1);
            String all = Integer.toString(pages.size());
            String text = footer.vi().replace("{0}", number).replace("{1}", all) + " · " + footer.en().replace("{0}", number).replace("{1}", all);
            pages.get(i).add(new Piece(LEFT, HEIGHT - 36, Style.SECOND, text, null));
        }
        return pages;
    }

    private List<List<Piece>> paged() {
        List<List<Piece>> pages = new ArrayList<>(List.of(new ArrayList<>()));
        float y = TOP;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            if (y > TOP && y + together(i) > BOTTOM) {
                pages.add(new ArrayList<>());
                y = TOP;
            }
            if (y == TOP && block.pieces().isEmpty()) {
                continue; // no space at the top
            }
            for (Piece piece : block.pieces()) {
                pages.getLast().add(new Piece(piece.x(), y + piece.y(), piece.style(), piece.text(), piece.mark()));
            }
            y += block.height();
        }
        return pages;
    }

    /** What must stand on one page; no more than half of one, so that nothing long leaves holes. */
    private float together(int first) {
        float height = blocks.get(first).height();
        for (int i = first; i < blocks.size() - 1 && blocks.get(i).withNext() && height < HEIGHT / 2; i++) {
            height += blocks.get(i + 1).height();
        }
        return height;
    }
}
