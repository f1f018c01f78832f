/** Slows down guessing, by account and by address, counted in the database that all processes share. Unknown names are counted like known ones. */
@NullMarked
package antin.otp.throttle;

import org.jspecify.annotations.NullMarked;
