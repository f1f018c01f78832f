/** Passwords made by us for programs that cannot ask for a second factor. They are random, shown once, and open only what their scopes name. */
@NullMarked
package antin.otp.apppassword;

import org.jspecify.annotations.NullMarked;
