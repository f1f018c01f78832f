/** Signatures in two requests, whose value comes from a key that is elsewhere: a token in a browser, a person's device. */
@NullMarked
package antin.signing.deferred;

import org.jspecify.annotations.NullMarked;
