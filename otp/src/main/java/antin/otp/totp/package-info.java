/** One-time codes by RFC 6238. A code is accepted once, whatever number of processes and connections ask. */
@NullMarked
package antin.otp.totp;

import org.jspecify.annotations.NullMarked;
