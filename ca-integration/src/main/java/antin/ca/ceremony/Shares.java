package antin.ca.ceremony;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter.Algorithm;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter.Mode;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

/**
 * A pass phrase of 256 bits of chance split among holders (A. Shamir, How to Share a Secret, 1979), of whom a number together has it and fewer have nothing. A share
 * is a line {@code antin-share NEEDED NUMBER HEX CHECK} that can be printed and typed.
 */
public final class Shares {

    private static final int BYTES = 32;
    private static final int CHECK_DIGITS = 8;
    private static final int MOST = 20;
    private static final Pattern SHARE = Pattern.compile("antin-share (\\d{1,2}) (\\d{1,2}) ([0-9a-f]{64}) ([0-9a-f]{8})");

    /** @param lines one for each holder */
    record Split(String passPhrase, List<String> lines) {
    }

    private Shares() {
    }

    static Split split(int needed, int holders, SecureRandom random) throws IOException, GeneralSecurityException {
        if (needed < 2 || holders < needed || holders > MOST) {
            throw new Problem(Kind.MISCONFIGURED, "At least 2 are needed, of at most " + MOST + " holders.");
        }
        // Its array is as long as the secret, and holds the shares at its beginning
        ShamirSplitSecret secret = new ShamirSecretSplitter(Algorithm.AES, Mode.Native, BYTES, random).split(needed, holders);
        List<String> lines = new ArrayList<>();
        for (ShamirSplitSecretShare share : Arrays.asList(secret.getSecretShares()).subList(0, holders)) {
            String text = "antin-share " + needed + " " + (lines.size() + 1) + " " + HexFormat.of().formatHex(share.getEncoded());
            lines.add(text + " " + check(text));
        }
        String passPhrase = join(lines.subList(0, needed));
        if (!join(lines.subList(holders - needed, holders)).equals(passPhrase)) {
            throw new Problem(Kind.INTERNAL, "The shares do not agree.");
        }
        return new Split(passPhrase, lines);
    }

    /** How many shares this one says are needed. Throws Problem of kind {@code MISCONFIGURED} where it is mistyped. */
    static int needed(String line) throws GeneralSecurityException {
        return Integer.parseInt(parts(line).group(1));
    }

    /** The pass phrase, if they belong together. */
    static String join(List<String> lines) throws IOException, GeneralSecurityException {
        Map<Integer, byte[]> shares = new HashMap<>();
        for (String line : lines) {
            Matcher parts = parts(line);
            if (Integer.parseInt(parts.group(1)) != lines.size()) {
                throw new Problem(Kind.MISCONFIGURED, parts.group(1) + " shares are needed, not " + lines.size() + ".");
            }
            if (shares.put(Integer.valueOf(parts.group(2)), HexFormat.of().parseHex(parts.group(3))) != null) {
                throw new Problem(Kind.MISCONFIGURED, "The share " + parts.group(2) + " is there twice.");
            }
        }
        ShamirSplitSecretShare[] points = shares.entrySet().stream().map(share -> new ShamirSplitSecretShare(share.getValue(), share.getKey())).toArray(ShamirSplitSecretShare[]::new);
        byte[] secret = new ShamirSplitSecret(Algorithm.AES, Mode.Native, points).getSecret();
        try {
            return HexFormat.of().formatHex(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static Matcher parts(String line) throws GeneralSecurityException {
        Matcher parts = SHARE.matcher(line.strip().replaceAll("\\s+", " "));
        if (!parts.matches() || !check(line.strip().replaceAll("\\s+", " ").substring(0, parts.start(4) - 1)).equals(parts.group(4))) {
            throw new Problem(Kind.MISCONFIGURED, "That is no share, or it is mistyped.");
        }
        return parts;
    }

    /** Against slips of the hand only. */
    private static String check(String text) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII))).substring(0, CHECK_DIGITS);
    }
}
