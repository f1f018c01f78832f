package antin.directory.password;

import antin.directory.PersonEntry;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What others know of a person and would try first: number, addresses, names. Compared without marks, case and spaces, so that {@code nguyenvanan} is
 * found in {@code NguyenVanAn1!}. Words of fewer than four letters, such as the name An, are in too many good passwords to count.
 */
record OwnersWords(Set<String> words) {

    private static final int SHORTEST = 4;

    static OwnersWords of(PersonEntry owner) {
        Set<String> words = new HashSet<>();
        add(words, owner.number());
        add(words, owner.name());
        for (String part : owner.name().split("\\s+")) {
            add(words, part);
        }
        add(words, local(owner.address()));
        owner.further().forEach(address -> add(words, local(address)));
        return new OwnersWords(Set.copyOf(words));
    }

    boolean areIn(String password) {
        String folded = folded(password);
        return words.stream().anyMatch(folded::contains);
    }

    private static void add(Set<String> words, String word) {
        String folded = folded(word);
        if (folded.length() >= SHORTEST) {
            words.add(folded);
        }
    }

    private static String local(String address) {
        return address.substring(0, address.indexOf('@'));
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT).replace('đ', 'd').replaceAll("[\\p{M}\\s]", "");
    }
}
