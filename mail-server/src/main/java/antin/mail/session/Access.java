package antin.mail.session;

import java.time.Instant;
import java.util.Optional;

/**
 * What a login opened.
 *
 * @param person     the number of whoever logged in; their address where backbone does not tell the number
 * @param mailbox    the primary address of the mailbox: their own, or a functional one that they may read
 * @param credential the app password or the token's authorization, by which a later end is told
 * @param since      from when on it holds: a login of theirs that was ended later ends this one too
 */
public record Access(String person, String mailbox, Optional<String> credential, Instant since) {
}
