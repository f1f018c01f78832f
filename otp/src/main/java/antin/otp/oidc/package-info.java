/** The OpenID provider, by Spring Security's authorization server: keys, clients and tokens, all kept in PostgreSQL. What a token may open is decided here, once, by its scopes. */
@NullMarked
package antin.otp.oidc;

import org.jspecify.annotations.NullMarked;
