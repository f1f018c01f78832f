/** One-time codes sent to an address or a telephone outside the city. Off until an operator names a relay or a gateway. */
@NullMarked
package antin.otp.sentcode;

import org.jspecify.annotations.NullMarked;
