/** The ports that mail-server listens on: James's protocol servers with our guards in front and our choice of handlers behind. */
@NullMarked
package antin.mail.listener;

import org.jspecify.annotations.NullMarked;
