package antin.directory.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What somebody typed, taken apart once; then every row is asked. */
final class Query {

    /** From the best: the very name; its marks are right; the very name but for marks; its words; beginnings of words; an address; the rest. */
    static final int RANKS = 7;
    static final int NO = -1;
    private static final int LONGEST = 200;
    private static final int MOST_TERMS = 12;
    private static final Pattern PHONE = Pattern.compile("[0-9+ ().\\-\\u00a0]{3,40}");
    private static final Pattern ADDRESS = Pattern.compile(".*[a-z].*[.@].*|.*[.@].*[a-z].*");

    private final List<Term> terms;
    private final String marked;
    private final String between;
    private final boolean hasMarks;

    Query(String text, UnitTree tree) {
        String typed = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        marked = Folded.marked(typed);
        String folded = Folded.words(typed);
        between = ' ' + folded + ' ';
        hasMarks = !marked.equals(folded);
        Set<Term> found = new LinkedHashSet<>();
        if (PHONE.matcher(typed).matches() && Folded.digits(typed).length() >= 3) {
            found.add(digits(typed));
        } else {
            for (String part : typed.strip().split("\\s+")) {
                add(found, part, tree);
            }
        }
        terms = found.stream().limit(MOST_TERMS).sorted(Comparator.comparingInt(Term::length).reversed()).toList();
    }

    /** From 0, the best, to {@link #RANKS} - 1; {@link #NO} for a row that is not looked for. */
    int rank(Row row, Predicate<Row> whole) {
        int least = Term.EXACT;
        for (Term term : terms) {
            least = Math.min(least, term.in(row, whole));
            if (least == Term.NOT_THERE) {
                return NO;
            }
        }
        return least < Term.EXACT ? 3 + Term.EXACT - least : best(row);
    }

    private int best(Row row) {
        if (row.marked().equals(marked)) {
            return 0;
        }
        if (hasMarks && row.marked().contains(marked)) {
            return 1;
        }
        return row.names().equals(between) ? 2 : 3;
    }

    private static void add(Set<Term> terms, String part, UnitTree tree) {
        String lower = plain(part);
        List<Term.Word> words = new ArrayList<>();
        for (String word : Folded.words(part).split(" ")) {
            if (!word.isEmpty()) {
                words.add(new Term.Word(word, tree.namedWith(word)));
            }
        }
        if (ADDRESS.matcher(lower).matches()) {
            terms.add(new Term.Address(lower, words));
        } else if (words.size() == 1 && words.getFirst().text().chars().allMatch(letter -> letter >= '0' && letter <= '9')) {
            terms.add(digits(part));
        } else {
            terms.addAll(words);
        }
    }

    /** {@code 84} may be Viet Nam's code without its plus, or the beginning of a number. */
    private static Term digits(String typed) {
        String digits = Folded.digits(typed);
        Set<String> national = new LinkedHashSet<>(List.of(Folded.phone(typed), digits));
        if (digits.startsWith("84")) {
            national.add(digits.substring(2));
        }
        return new Term.Digits(digits, List.copyOf(national));
    }

    private static String plain(String part) {
        StringBuilder plain = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            String letter = Folded.words(part.substring(i, i + 1));
            plain.append(letter.isEmpty() ? part.substring(i, i + 1) : letter);
        }
        return plain.toString().toLowerCase(Locale.ROOT);
    }
}
