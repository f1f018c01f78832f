/** The pages in which administrators work on the directory, and auditors read it. Who may do what is asked of {@code antin.directory.administration}; nothing is decided here. */
@NullMarked
package antin.backbone.admin;

import org.jspecify.annotations.NullMarked;
