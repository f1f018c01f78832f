package antin.mail.guard;

import antin.mail.guard.ImapGuard.Limits;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Follows one client's commands byte by byte, just far enough to know lines from literals (RFC 9051, 4.3; LITERAL+ of RFC
 * 7888). It keeps no content but the last few characters of a line.
 */
final class ImapCommandScanner {

    private static final int TAIL = 128;
    /** After so many bytes it is known which command a line is; the tail still holds all of them. */
    private static final int HEAD = 127;
    private static final Pattern AUTHENTICATE = Pattern.compile("\\S{1,64} {1,4}AUTHENTICATE {1,4}\\S", Pattern.CASE_INSENSITIVE);

    private final StringBuilder tail = new StringBuilder(TAIL);
    private int lineBytes;
    private int literals;
    private long literalLeft;
    private long announced;
    private boolean synchronising;
    private boolean awaited;
    private boolean startTls;
    private boolean authenticating;
    private boolean answering;
    private boolean hadLiteral;

    /** Passes over bytes of a literal that is under way; says how many. */
    int skipLiteral(int available) {
        int skipped = (int) Math.min(available, literalLeft);
        literalLeft -= skipped;
        return skipped;
    }

    /** Takes a byte that belongs to a line. True where a command ended with it. */
    boolean next(byte b) {
        lineBytes++;
        awaited = false;
        if (lineBytes == HEAD) {
            authenticating = literals == 0 && AUTHENTICATE.matcher(tail).lookingAt();
        }
        if (b != '\n') {
            if (tail.length() == TAIL) {
                tail.delete(0, TAIL / 2);
            }
            tail.append((char) (b & 0xff));
            return false;
        }
        announced = announcedLiteral();
        if (announced >= 0) {
            literals++;
            literalLeft = announced;
            awaited = synchronising;
            tail.setLength(0);
            return false;
        }
        String line = tail.toString().strip().toUpperCase(Locale.ROOT);
        // The client's answers follow, each a line of its own, until a command is recognised again.
        answering = literals == 0 && lineBytes < HEAD && AUTHENTICATE.matcher(line).lookingAt();
        authenticating = false;
        hadLiteral = literals > 0;
        startTls = literals == 0 && line.matches("\\S{1,64} +STARTTLS(\\s.*)?");
        tail.setLength(0);
        lineBytes = 0;
        literals = 0;
        announced = 0;
        return true;
    }

    /** Whether the command under way is larger than allowed: to be asked after each byte, so before a literal is awaited. */
    boolean exceeds(Limits limits) {
        return lineBytes > limits.line() || literals > limits.literals() || announced > limits.literal();
    }

    /** Whether the line under way is an AUTHENTICATE, which may bring a token with it, or what a client sends after one. */
    boolean isAuthenticating() {
        return authenticating || answering;
    }

    /** Whether the byte just taken ended a line that announces a literal for which the client waits to be asked. */
    boolean awaitsContinuation() {
        return awaited;
    }

    /** Whether the command that just ended brought a literal. */
    boolean hadLiteral() {
        return hadLiteral;
    }

    /** Whether the command that just ended was STARTTLS. */
    boolean wasStartTls() {
        return startTls;
    }

    /** The length in {@code {12}} or {@code {12+}} (and binary {@code ~{12}}) at the line's end; -1 where there is none. */
    private long announcedLiteral() {
        int end = tail.length();
        while (end > 0 && (tail.charAt(end - 1) == '\r' || tail.charAt(end - 1) == ' ')) {
            end--;
        }
        if (end < 3 || tail.charAt(end - 1) != '}') {
            return -1;
        }
        int open = tail.lastIndexOf("{", end);
        if (open < 0) {
            return -1;
        }
        String number = tail.substring(open + 1, end - 1);
        synchronising = !number.endsWith("+");
        if (!synchronising) {
            number = number.substring(0, number.length() - 1);
        }
        if (number.isEmpty() || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return number.length() > 12 ? Long.MAX_VALUE : Long.parseLong(number);
    }
}
