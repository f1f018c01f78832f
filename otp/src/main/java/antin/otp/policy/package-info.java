/** What the city asks of a login: which factors count for whom and where, how old a login may be for which act, how long a session lasts. */
@NullMarked
package antin.otp.policy;

import org.jspecify.annotations.NullMarked;
