package antin.directory.index;

import antin.directory.PersonEntry;
import antin.directory.Position;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A person as a search reads them.
 *
 * @param person without history, which the register keeps
 * @param order  compares by given name, family name, whole name, number
 * @param names  the words of the name without marks, each between spaces
 * @param marked the name in lower case with its marks
 * @param mails  every address after a line feed
 * @param words  number, title and positions without marks, each word between spaces
 * @param phone  national digits of the office phone
 * @param mobile of the private one
 */
record Row(PersonEntry person, String order, String names, String marked, String mails, String words, String phone, String mobile) implements Comparable<Row> {

    /** {@code same} gives one object for equal strings: a few family names are most people's. */
    static Row of(PersonEntry entry, UnaryOperator<String> same) {
        PersonEntry person = new PersonEntry(entry.number(), entry.name(), same.apply(entry.family()), same.apply(entry.given()), entry.address(), entry.further(),
            same.apply(entry.unit()), same.apply(entry.title()), entry.phone(), entry.mobile(), entry.roles(), entry.active(), same.apply(entry.language()), entry.positions(),
            List.of(), entry.revision());
        StringBuilder words = new StringBuilder(" ").append(entry.number()).append(' ').append(Folded.words(entry.title())).append(' ');
        for (Position position : entry.positions()) {
            words.append(Folded.words(position.title())).append(' ');
        }
        StringBuilder mails = new StringBuilder("\n").append(entry.address());
        entry.further().forEach(address -> mails.append('\n').append(address));
        String order = VietnameseOrder.key(entry.given()) + '\u0000' + VietnameseOrder.key(entry.family()) + '\u0000' + VietnameseOrder.key(entry.name()) + '\u0000' + entry.number();
        return new Row(person, order, ' ' + Folded.words(entry.name()) + ' ', Folded.marked(entry.name()), mails.append('\n').toString(), words.toString(), Folded.phone(entry.phone()),
            Folded.phone(entry.mobile()));
    }

    @Override
    public int compareTo(Row other) {
        return order.compareTo(other.order);
    }
}
