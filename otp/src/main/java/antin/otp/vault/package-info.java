/** How secrets are kept in the database: sealed, or as keyed hashes. The one key they rest on is derived from the operator's secret file. */
@NullMarked
package antin.otp.vault;

import org.jspecify.annotations.NullMarked;
