package antin.kernel.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The line that follows a head's in a heads file: {@code antin-audit-stamp PROCESS SEQUENCE BASE64}, a TimeStampResp over that line. */
record AuditStamp(String process, long sequence, byte[] response) {

    private static final String WORD = "antin-audit-stamp";
    private static final int FIELDS = 4;

    static boolean isOne(String line) {
        return line.startsWith(WORD + ' ');
    }

    /** What is stamped: SHA-256 of the head's line without its end. */
    static byte[] imprint(String headLine) {
        return AuditChain.sha256().digest(headLine.getBytes(StandardCharsets.UTF_8));
    }

    static String line(String process, AuditHead head, byte[] response) {
        return WORD + ' ' + process + ' ' + head.sequence() + ' ' + Base64.getEncoder().encodeToString(response);
    }

    /** Throws IllegalArgumentException where the line is something else. */
    static AuditStamp read(String line) {
        String[] field = line.split(" ", -1);
        if (field.length != FIELDS || !isOne(line)) {
            throw new IllegalArgumentException("Not a stamp");
        }
        return new AuditStamp(field[1], Long.parseLong(field[2]), Base64.getDecoder().decode(field[3]));
    }
}
