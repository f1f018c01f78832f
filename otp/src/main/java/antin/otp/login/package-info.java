/** Logging in: directory password, then one-time code, then the account page; and the check of app passwords for mail-server. Every outcome is in the audit log before it is answered. */
@NullMarked
package antin.otp.login;

import org.jspecify.annotations.NullMarked;
