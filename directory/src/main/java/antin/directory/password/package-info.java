/** What a password must be, by role, and how long it lasts: one record of settings for the pages, the import and the directory servers. */
@NullMarked
package antin.directory.password;

import org.jspecify.annotations.NullMarked;
