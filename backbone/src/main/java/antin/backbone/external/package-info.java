/**
 * Certificates that an outside authority issued to people and agencies: registering them by a signed challenge, names that an administrator must allow, and requests to that authority.
 * What is checked and kept is {@code antin.ca.external}'s; whose it may be, who may act and who is told is decided here.
 */
@NullMarked
package antin.backbone.external;

import org.jspecify.annotations.NullMarked;
