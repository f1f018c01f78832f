/** Second factors, login, app passwords and the OpenID provider: {@link antin.otp.OtpConfiguration} puts the parts together for a process to import. */
@NullMarked
package antin.otp;

import org.jspecify.annotations.NullMarked;
