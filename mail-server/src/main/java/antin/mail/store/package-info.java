/** Letters on disk: James's JPA mailbox on PostgreSQL and the database all of mail-server shares. A later store replaces the JPA part. */
@NullMarked
package antin.mail.store;

import org.jspecify.annotations.NullMarked;
