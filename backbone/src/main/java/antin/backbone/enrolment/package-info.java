/**
 * Certificates for people, units and systems: what was asked of the authority and what it answered, taking back, and the directory's copy for address books. Knows the
 * authority by its port alone, so it is the same for each that there is.
 */
@NullMarked
package antin.backbone.enrolment;

import org.jspecify.annotations.NullMarked;
