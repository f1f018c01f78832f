/** What happens to a letter: who may send it, whom it may reach, accepted with an audit line, resolved by the directory, put into mailboxes, or returned. */
@NullMarked
package antin.mail.delivery;

import org.jspecify.annotations.NullMarked;
