/** A key that signs certificates and CRLs (RFC 5280), and what kinds of certificates there are. It decides nothing about who gets one. */
@NullMarked
package antin.ca.authority;

import org.jspecify.annotations.NullMarked;
