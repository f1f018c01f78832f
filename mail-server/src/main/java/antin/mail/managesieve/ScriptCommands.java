package antin.mail.managesieve;

import antin.mail.sieve.BadScript;
import antin.mail.sieve.SieveLanguage;
import antin.mail.sieve.SieveScripts;
import antin.mail.sieve.SieveScripts.Outcome;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What somebody who is logged in does with their mailbox's scripts (RFC 5804, 2.4 to 2.13). */
final class ScriptCommands {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptCommands.class);
    private static final int LONGEST_NAME = 128;

    private final SieveScripts scripts;
    private final SieveLanguage language;

    ScriptCommands(SieveScripts scripts, SieveLanguage language) {
        this.scripts = scripts;
        this.language = language;
    }

    /** Without the last line end. */
    String answer(String mailbox, Command command) {
        try {
            return switch (command.name() + ' ' + command.arguments()) {
                case "LISTSCRIPTS 0" -> list(mailbox);
                case "HAVESPACE 2" -> command.argument(2).matches("[0-9]{1,10}") ? named(command, 1, scripts.room(mailbox, command.argument(1), Long.parseLong(command.argument(2)))) : "NO \"Not a size\"";
                case "PUTSCRIPT 2" -> put(mailbox, command);
                case "CHECKSCRIPT 1" -> check(command.argument(1));
                case "SETACTIVE 1" -> outcome(scripts.activate(mailbox, command.argument(1)));
                case "GETSCRIPT 1" -> scripts.get(mailbox, command.argument(1)).map(script -> string(script) + "\r\nOK").orElseGet(() -> outcome(Outcome.NONEXISTENT));
                case "DELETESCRIPT 1" -> outcome(scripts.delete(mailbox, command.argument(1)));
                case "RENAMESCRIPT 2" -> isName(command.argument(2)) ? outcome(scripts.rename(mailbox, command.argument(1), command.argument(2))) : "NO \"Not a name\"";
                default -> "NO \"No such command\"";
            };
        } catch (SQLException e) {
            LOG.error("The scripts of {} cannot be reached", mailbox, e);
            return "NO (TRYLATER) \"The scripts cannot be reached now\"";
        }
    }

    private String list(String mailbox) throws SQLException {
        StringBuilder all = new StringBuilder();
        for (SieveScripts.Named script : scripts.list(mailbox)) {
            all.append(string(script.name())).append(script.active() ? " ACTIVE" : "").append("\r\n");
        }
        return all.append("OK").toString();
    }

    private String put(String mailbox, Command command) throws SQLException {
        String checked = check(command.argument(2));
        return checked.startsWith("OK") ? named(command, 1, Outcome.DONE).startsWith("OK") ? outcome(scripts.put(mailbox, command.argument(1), command.argument(2))) : "NO \"Not a name\""
            : checked;
    }

    private String check(String script) {
        try {
            if (script.getBytes(StandardCharsets.UTF_8).length > SieveScripts.LONGEST_SCRIPT) {
                return outcome(Outcome.TOO_LARGE);
            }
            language.check(script);
            return "OK";
        } catch (BadScript e) {
            return "NO " + string(e.reason());
        }
    }

    private static String named(Command command, int argument, Outcome outcome) {
        return isName(command.argument(argument)) ? outcome(outcome) : "NO \"Not a name\"";
    }

    /** RFC 5804, 1.6: no control characters, no line separators, not empty. */
    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_NAME && name.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case DONE -> "OK";
            case NONEXISTENT -> "NO (NONEXISTENT) \"There is no such script\"";
            case ALREADY_EXISTS -> "NO (ALREADYEXISTS) \"There is one of this name\"";
            case ACTIVE -> "NO (ACTIVE) \"It is the one that runs\"";
            case TOO_MANY -> "NO (QUOTA/MAXSCRIPTS) \"At most " + SieveScripts.MOST_SCRIPTS + " scripts\"";
            case TOO_LARGE -> "NO (QUOTA/MAXSIZE) \"At most " + SieveScripts.LONGEST_SCRIPT + " bytes\"";
        };
    }

    /** A string as the server writes it: in quotes where it fits, else as a literal. */
    static String string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean plain = bytes.length <= 1_024 && text.chars().noneMatch(c -> c < ' ' || c == '"' || c == '\\' || c == 0x7f);
        return plain ? '"' + text + '"' : "{" + bytes.length + "}\r\n" + text;
    }
}
