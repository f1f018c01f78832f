package antin.signing.csc;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Base64 as the interface has it (RFC 4648, 4), and the hashes in it. */
final class Base64Text {

    private Base64Text() {
    }

    static byte[] of(String text, String parameter) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid(parameter);
        }
    }

    /** @param octets that each must have */
    static List<byte[]> hashes(@Nullable List<String> texts, int octets, int most) {
        if (texts == null) {
            throw Refusals.missing("hashes");
        }
        if (texts.isEmpty()) {
            throw Refusals.refusal("Empty hash array");
        }
        if (texts.size() > most) {
            throw Refusals.refusal("Invalid parameter hashes: more than " + most);
        }
        List<byte[]> hashes = new ArrayList<>();
        for (@Nullable String text : texts) {
            if (text == null) {
                throw Refusals.missing("hashes");
            }
            byte[] hash;
            try {
                hash = Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw Refusals.refusal("Invalid Base64 hash string parameter");
            }
            if (hash.length != octets) {
                throw Refusals.refusal("Invalid digest value length");
            }
            hashes.add(hash);
        }
        return hashes;
    }
}
