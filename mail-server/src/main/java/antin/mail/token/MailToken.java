package antin.mail.token;

import java.time.Instant;
import java.util.Optional;

/**
 * An access token whose signature and claims were checked.
 *
 * @param person  the number of its owner, of whom nothing else is known yet
 * @param session the authorization that it belongs to ({@code sid})
 * @param issued  when
 * @param client  the program that it was given to
 */
record MailToken(String person, Optional<String> session, Instant issued, String client) {
}
