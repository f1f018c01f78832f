/**
 * The adapter to EJBCA Community's REST API (8.2 and later, as a live server behaved): a careful client of a server that updates silently, rewrites names, and
 * answers 200 where nothing was done.
 */
@NullMarked
package antin.ca.ejbca;

import org.jspecify.annotations.NullMarked;
