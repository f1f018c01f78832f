/** The page where everybody may have a document checked, without an account. It has a small share of what the interface may use, and limits of its own. */
@NullMarked
package antin.signing.page;

import org.jspecify.annotations.NullMarked;
