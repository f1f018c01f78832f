/** Second factors that are texts: codes of devices (RFC 6238, RFC 4226), backup codes, enrolment tickets. Each is accepted once, whatever number of processes and connections ask. */
@NullMarked
package antin.otp.factor;

import org.jspecify.annotations.NullMarked;
