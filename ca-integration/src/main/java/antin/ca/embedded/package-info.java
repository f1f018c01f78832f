/** The authority itself: it judges requests, signs certificates and CRLs with keys of this process, and keeps the ledger. It never talks to the world. */
@NullMarked
package antin.ca.embedded;

import org.jspecify.annotations.NullMarked;
