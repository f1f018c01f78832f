package antin.otp.oidc;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a client is, which decides what it may ask for. */
public enum ClientKind {
    /** On a server of its own, with people in browsers: proves itself, gets codes at https addresses. */
    WEB_APP("web-app", List.of("client_secret_basic", "private_key_jwt", "self_signed_tls_client_auth", "tls_client_auth")),
    /** On a computer or phone of a person: cannot keep a secret. */
    DEVICE("device", List.of("none")),
    /** A system that acts for itself, without people. */
    SERVICE("service", List.of("client_secret_basic", "private_key_jwt", "self_signed_tls_client_auth", "tls_client_auth"));

    private final String word;
    private final List<String> methods;

    ClientKind(String word, List<String> methods) {
        this.word = word;
        this.methods = methods;
    }

    public String word() {
        return word;
    }

    /** How it may prove who it is, as OpenID Connect names that. */
    public List<String> methods() {
        return methods;
    }

    public static Optional<ClientKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
