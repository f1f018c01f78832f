package antin.mail.delivery;

import antin.mail.sieve.SieveLanguage;
import antin.mail.sieve.SieveScripts;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.jsieve.exception.SieveException;
import org.apache.jsieve.parser.generated.ParseException;
import org.apache.jsieve.parser.generated.TokenMgrError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a mailbox's script where a letter goes. Whatever goes wrong with the script, the letter is kept in the inbox. */
final class Filter {

    private static final Logger LOG = LoggerFactory.getLogger(Filter.class);
    private static final List<String> KEPT = List.of(SieveLanguage.INBOX);

    private final SieveScripts scripts;
    private final SieveLanguage language;

    @Inject
    Filter(SieveScripts scripts, SieveLanguage language) {
        this.scripts = scripts;
        this.language = language;
    }

    /** None where the script throws the letter away. */
    List<String> folders(String mailbox, byte[] letter, String from) {
        try {
            Optional<String> script = scripts.active(mailbox);
            return script.isEmpty() ? KEPT : language.decide(script.get(), letter, from, mailbox);
        } catch (SQLException | ParseException | SieveException | MessagingException | RuntimeException | TokenMgrError | StackOverflowError e) {
            LOG.warn("The script of {} failed; the letter is kept in the inbox", mailbox, e);
            return KEPT;
        }
    }
}
