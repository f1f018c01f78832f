/** Signed messages (CMS, RFC 5652) around small files of ours, for readers that know nothing else. */
@NullMarked
package antin.ca.cms;

import org.jspecify.annotations.NullMarked;
