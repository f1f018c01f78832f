package antin.ca.ceremony;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.Console;

/** Asks at a real terminal only: what comes through a pipe lay in a file or a command before. */
public final class Terminal implements Ceremony.People {

    private static final String NEW_SCREEN = "\u001b[H\u001b[2J\u001b[3J"; // ECMA-48: to the top, erase all, and what scrolled away
    private final Console console;

    public Terminal() {
        Console present = System.console();
        if (present == null) {
            throw new Problem(Kind.MISCONFIGURED, "A ceremony is held at a terminal.");
        }
        this.console = present;
    }

    @Override
    public char[] secret(String question) {
        char[] answer = console.readPassword("%s", question);
        if (answer == null) {
            throw new Problem(Kind.MISCONFIGURED, "Nothing was typed.");
        }
        return answer;
    }

    @Override
    public void show(int number, int holders, String share) {
        console.readLine("%s", NEW_SCREEN + "Holder " + number + " of " + holders + " alone looks now. Press Enter. ");
        console.readLine("%s", "Write it down, each character:\n\n    " + share + "\n\nPress Enter when it is written; the screen is erased. ");
        console.printf("%s", NEW_SCREEN);
    }
}
