/** Filter scripts (Sieve, RFC 5228): where they are kept, what they may say, and what they decide about a letter. */
@NullMarked
package antin.mail.sieve;

import org.jspecify.annotations.NullMarked;
