/** Every certificate that an authority of ours signed, in PostgreSQL. An intent is committed before a signature and the certificate after it, so that none exists that is not known here. */
@NullMarked
package antin.ca.ledger;

import org.jspecify.annotations.NullMarked;
