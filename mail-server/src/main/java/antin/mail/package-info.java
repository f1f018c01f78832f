/** The process that assembles Apache James: settings, the parts and how they are wired, start and stop. James's own configuration ships inside the jar. */
@NullMarked
package antin.mail;

import org.jspecify.annotations.NullMarked;
