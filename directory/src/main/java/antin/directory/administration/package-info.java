/** What administrators and people do to the directory, with rights, rules, history and audit: {@link antin.directory.administration.Administration}. Pages, import and SCIM come this way. */
@NullMarked
package antin.directory.administration;

import org.jspecify.annotations.NullMarked;
