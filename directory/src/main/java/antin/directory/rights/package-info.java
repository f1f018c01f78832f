/** Who may see and change what, decided once for pages, import and SCIM alike. Pure rules: no directory is asked, the caller brings the facts. */
@NullMarked
package antin.directory.rights;

import org.jspecify.annotations.NullMarked;
