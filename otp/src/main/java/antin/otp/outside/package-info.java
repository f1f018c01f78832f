/** Another OpenID provider, which the city had before, in place of the directory's password. A second factor of ours follows in any case. Off until it is configured. */
@NullMarked
package antin.otp.outside;

import org.jspecify.annotations.NullMarked;
