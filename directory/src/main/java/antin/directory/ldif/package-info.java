/** LDIF (RFC 2849) of ours: templates with places to fill, and lines that carry any text. Used by every adapter's set-up and by export. */
@NullMarked
package antin.directory.ldif;

import org.jspecify.annotations.NullMarked;
