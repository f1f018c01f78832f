/** Opening a mailbox: app passwords only, checked by backbone over mutual TLS, and the hooks by which SMTP, IMAP and POP3 ask. */
@NullMarked
package antin.mail.login;

import org.jspecify.annotations.NullMarked;
