/** The durable queue between acceptance and delivery, as rows in PostgreSQL: one store to keep, back up and bring back. James sees it as its {@code MailQueue}. */
@NullMarked
package antin.mail.queue;

import org.jspecify.annotations.NullMarked;
