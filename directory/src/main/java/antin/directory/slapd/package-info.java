/** What an operator's own slapd needs to carry people and units. The server itself belongs to the operator: nothing here starts one. */
@NullMarked
package antin.directory.slapd;

import org.jspecify.annotations.NullMarked;
