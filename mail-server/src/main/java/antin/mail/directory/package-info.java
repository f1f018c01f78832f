/** James's questions about people and domains, answered by the {@code Directory} port. Nothing here checks or knows a password. */
@NullMarked
package antin.mail.directory;

import org.jspecify.annotations.NullMarked;
