/**
 * Certificates that an outside authority issued, such as the government's own: registered by signing a challenge, checked against configured anchors, and taken back
 * by requests that are followed to their end. Nothing is fetched but from configured addresses.
 */
@NullMarked
package antin.ca.external;

import org.jspecify.annotations.NullMarked;
