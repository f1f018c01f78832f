package antin.signing.report;

/** The same in both languages; the same text twice where it is a name, a number or a time. */
public record Words(String vi, String en) {

    static Words same(String text) {
        return new Words(text, text);
    }

    /** In one of them. */
    public String in(String language) {
        return language.equals("en") ? en : vi;
    }

    public boolean differ() {
        return !vi.equals(en);
    }
}
