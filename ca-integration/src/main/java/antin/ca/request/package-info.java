/** What a wish for a certificate must be, for whichever authority it is. */
@NullMarked
package antin.ca.request;

import org.jspecify.annotations.NullMarked;
