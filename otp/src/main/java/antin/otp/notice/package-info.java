/** Letters that the login writes to people about their own accounts: kept in the database first, sent when mail-server takes them. */
@NullMarked
package antin.otp.notice;

import org.jspecify.annotations.NullMarked;
