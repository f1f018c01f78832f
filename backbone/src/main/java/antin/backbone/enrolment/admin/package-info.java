/** Administrators' pages about certificates: how the authority stands, what was issued, and keys that are opened in the recovery archive. Behind the gate of the other pages of administration. */
@NullMarked
package antin.backbone.enrolment.admin;

import org.jspecify.annotations.NullMarked;
