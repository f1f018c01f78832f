package antin.signing.dss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TrueTypeFont;

/** What a font can write, and how wide it is. */
final class PdfLetters {

    private static final int MISSING = '?';

    private final TrueTypeFont font;
    private final CmapLookup letters;
    private final float unit;

    PdfLetters(TrueTypeFont font) throws IOException {
        this.font = font;
        this.letters = font.getUnicodeCmapLookup();
        this.unit = font.getUnitsPerEm();
    }

    /** With a question mark in place of each letter that the font does not have. */
    String known(String text) {
        return text.codePoints().map(letter -> letters.getGlyphId(letter) == 0 ? MISSING : letter).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** In lines no wider than that: broken at blanks, and within a word that is too wide itself. */
    List<String> broken(String untrusted, float size, float width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : known(untrusted).strip().split("\\s+")) {
            String rest = word;
            if (!line.isEmpty() && width(line + " " + rest, size) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (width(rest, size) > width) {
                int end = fitting(rest, size, width);
                lines.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    float width(String text, float size) {
        long units = 0;
        try {
            for (int letter : text.codePoints().toArray()) {
                units += font.getAdvanceWidth(letters.getGlyphId(letter));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return units * size / unit;
    }

    private int fitting(String word, float size, float width) {
        int end = word.offsetByCodePoints(0, 1);
        while (end < word.length() && width(word.substring(0, word.offsetByCodePoints(end, 1)), size) <= width) {
            end = word.offsetByCodePoints(end, 1);
        }
        return end;
    }
}
