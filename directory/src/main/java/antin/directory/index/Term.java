package antin.directory.index;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One thing that somebody looks for. */
sealed interface Term {

    int NOT_THERE = 0;
    /** In number, title, position or the name of the unit. */
    int ELSEWHERE = 1;
    int BEGINS_ADDRESS = 2;
    int BEGINS_WORD_OF_NAME = 3;
    /** A whole word of the name, or a whole address, number or phone. */
    int EXACT = 4;

    /** How well the row fits, from {@link #NOT_THERE} to {@link #EXACT}; {@code whole} tells whether the private phone of the row may be looked at. */
    int in(Row row, Predicate<Row> whole);

    /** How many rows it throws out, by guess: the choosiest is asked first. */
    int length();

    /** A word without marks, with the units in whose names it is. */
    record Word(String text, String beginning, String between, String ofAddress, Set<String> units) implements Term {

        Word(String text, Set<String> units) {
            this(text, ' ' + text, ' ' + text + ' ', '\n' + text, units);
        }

        @Override
        public int in(Row row, Predicate<Row> whole) {
            if (row.names().contains(beginning)) {
                return row.names().contains(between) ? EXACT : BEGINS_WORD_OF_NAME;
            }
            if (row.mails().contains(ofAddress)) {
                return BEGINS_ADDRESS;
            }
            return row.words().contains(beginning) || !units.isEmpty() && units.contains(row.person().unit()) ? ELSEWHERE : NOT_THERE;
        }

        @Override
        public int length() {
            return text.length();
        }
    }

    /** {@code an.nguyen} or more of an address; its parts may also be words of the name. */
    record Address(String beginning, String local, String all, List<Word> parts) implements Term {

        Address(String text, List<Word> parts) {
            this('\n' + text, '\n' + text + '@', '\n' + text + '\n', parts);
        }

        @Override
        public int in(Row row, Predicate<Row> whole) {
            if (row.mails().contains(beginning)) {
                return row.mails().contains(local) || row.mails().contains(all) ? EXACT : BEGINS_ADDRESS;
            }
            return !parts.isEmpty() && parts.stream().allMatch(part -> part.in(row, whole) >= BEGINS_WORD_OF_NAME) ? ELSEWHERE : NOT_THERE;
        }

        @Override
        public int length() {
            return beginning.length() + 1;
        }
    }

    /** Digits of a phone, however it is written, or the beginning of a number. */
    record Digits(String text, String beginning, String ofAddress, List<String> national) implements Term {

        private static final int FEWEST = 3; // of a phone: two are in every other one

        Digits(String text, List<String> national) {
            this(text, ' ' + text, '\n' + text, national);
        }

        @Override
        public int in(Row row, Predicate<Row> whole) {
            if (row.person().number().startsWith(text)) {
                return row.person().number().length() == text.length() ? EXACT : ELSEWHERE;
            }
            int found = in(row.phone());
            if (found == NOT_THERE && in(row.mobile()) != NOT_THERE && whole.test(row)) {
                found = in(row.mobile());
            }
            if (found == NOT_THERE && (row.words().contains(beginning) || row.mails().contains(ofAddress))) {
                found = ELSEWHERE;
            }
            return found;
        }

        @Override
        public int length() {
            return text.length();
        }

        private int in(String phone) {
            if (phone.isEmpty()) {
                return NOT_THERE;
            }
            if (national.contains(phone)) {
                return EXACT;
            }
            for (String digits : national) {
                if (digits.length() >= FEWEST && phone.contains(digits)) {
                    return ELSEWHERE;
                }
            }
            return NOT_THERE;
        }
    }
}
