package antin.signing.signature;

/** Opens a document. Its text shows nothing of it, so that no log does. */
public record Password(String secret) {

    @Override
    public String toString() {
        return "Password";
    }
}
