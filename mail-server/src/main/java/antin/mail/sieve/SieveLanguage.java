package antin.mail.sieve;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.jsieve.ConfigurationManager;
import org.apache.jsieve.SieveConfigurationException;
import org.apache.jsieve.SieveFactory;
import org.apache.jsieve.exception.SieveException;
import org.apache.jsieve.mail.Action;
import org.apache.jsieve.mail.ActionFileInto;
import org.apache.jsieve.mail.ActionKeep;
import org.apache.jsieve.parser.generated.ASTcommand;
import org.apache.jsieve.parser.generated.ASTstring;
import org.apache.jsieve.parser.generated.ASTtest;
import org.apache.jsieve.parser.generated.Node;
import org.apache.jsieve.parser.generated.ParseException;
import org.apache.jsieve.parser.generated.SimpleNode;
import org.apache.jsieve.parser.generated.TokenMgrError;
import org.jspecify.annotations.Nullable;

/**
 * The Sieve that scripts may be written in (RFC 5228, with fileinto and envelope). It decides into which of the person's own folders a letter goes, or into none.
 * Nothing in it sends: no redirect, reject or vacation, by which one could relay, loop, or answer forged senders. Safe for many threads.
 */
public final class SieveLanguage {

    /** What {@code require} may name, and ManageSieve tells. */
    public static final String EXTENSIONS = "fileinto envelope";
    /** Where letters go that a script keeps. */
    public static final String INBOX = "INBOX";

    private static final Set<String> COMMANDS = Set.of("if", "elsif", "else", "require", "stop", "keep", "discard", "fileinto");
    private static final Set<String> TESTS = Set.of("address", "allof", "anyof", "envelope", "exists", "false", "header", "not", "size", "true");
    /** Each more would multiply the time that a hostile letter can take. */
    private static final int MOST_STARS = 2;
    private static final int MOST_FOLDERS = 5;
    private static final byte[] SAMPLE = "From: a@city.example\r\nTo: b@city.example\r\nSubject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SieveFactory factory;

    public SieveLanguage() {
        try {
            ConfigurationManager configuration = new ConfigurationManager();
            configuration.getCommandMap().keySet().retainAll(COMMANDS);
            configuration.getTestMap().keySet().retainAll(TESTS);
            this.factory = configuration.build();
        } catch (SieveConfigurationException e) {
            throw new IllegalStateException("The jar is broken.", e);
        }
    }

    /** Refuses a script that is not written right, or asks for more than is offered. */
    public void check(String script) throws BadScript {
        try {
            checkNode(parse(script), script.contains(":matches"));
            decide(script, SAMPLE, "a@city.example", "b@city.example");
        } catch (ParseException | SieveException | MessagingException | RuntimeException e) {
            throw new BadScript(firstLine(e.getMessage()));
        } catch (TokenMgrError | StackOverflowError e) {
            throw new BadScript(e instanceof StackOverflowError ? "It is nested too deeply." : firstLine(e.getMessage()));
        }
    }

    /**
     * The folders that the letter goes into, each once; none where it is thrown away.
     *
     * @param from the envelope's sender, empty for none
     * @param to   the mailbox
     */
    public List<String> decide(String script, byte[] letter, String from, String to) throws ParseException, SieveException, MessagingException {
        LetterView view = new LetterView(letter, from, to);
        factory.evaluate(view, parse(script));
        List<String> folders = new ArrayList<>();
        for (Action action : view.getActions()) {
            String folder = action instanceof ActionFileInto into ? into.getDestination() : action instanceof ActionKeep ? INBOX : "";
            if (!folder.isEmpty() && !folders.contains(folder)) {
                folders.add(folder);
            }
        }
        if (folders.size() > MOST_FOLDERS) {
            throw new SieveException("More than " + MOST_FOLDERS + " folders.");
        }
        return folders;
    }

    private Node parse(String script) throws ParseException {
        return factory.parse(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)));
    }

    /** All of it, also what the sample does not come by. */
    private static void checkNode(Node node, boolean hasPatterns) throws BadScript {
        String name = node instanceof SimpleNode simple && simple.getName() != null ? simple.getName() : "";
        if (node instanceof ASTcommand && !COMMANDS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new BadScript("The command \"" + firstLine(name) + "\" is not offered.");
        }
        if (node instanceof ASTtest && !TESTS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new BadScript("The test \"" + firstLine(name) + "\" is not offered.");
        }
        if (hasPatterns && node instanceof ASTstring && node instanceof SimpleNode text && String.valueOf(text.getValue()).chars().filter(c -> c == '*').count() > MOST_STARS) {
            throw new BadScript("A pattern may have at most " + MOST_STARS + " stars.");
        }
        for (int i = 0; i < node.jjtGetNumChildren(); i++) {
            checkNode(node.jjtGetChild(i), hasPatterns);
        }
    }

    private static String firstLine(@Nullable String message) {
        String line = message == null ? "It cannot be read." : message.lines().findFirst().orElse("It cannot be read.");
        String plain = line.replaceAll("[^\\x20-\\x7e]", "?").replace('"', '\'').replace('\\', '/');
        return plain.length() > 200 ? plain.substring(0, 200) : plain;
    }
}
