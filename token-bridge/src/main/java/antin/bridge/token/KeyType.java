package antin.bridge.token;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.util.Arrays;

/** The keys that may be made in a token. */
public enum KeyType {
    RSA_3072("RSA-3072"), RSA_2048("RSA-2048"), EC_P256("EC-P256");

    private final String word;

    KeyType(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static KeyType of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst().orElseThrow(() -> new Refused(Reason.INVALID_ARGUMENT));
    }
}
