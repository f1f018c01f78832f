/** Takes the root's key away from the machine, and brings it back for one run. Run by people who are there, at a terminal. */
@NullMarked
package antin.ca.ceremony;

import org.jspecify.annotations.NullMarked;
