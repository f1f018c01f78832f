/** A person's own pages: who they are, their factors, their sessions, what happened lately. */
@NullMarked
package antin.otp.account;

import org.jspecify.annotations.NullMarked;
