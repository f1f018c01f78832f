/** Passkeys (WebAuthn level 2) in PostgreSQL, checked by Spring Security's relying party on webauthn4j. A challenge is answered once, and a signature counter only goes forward. */
@NullMarked
package antin.otp.passkey;

import org.jspecify.annotations.NullMarked;
