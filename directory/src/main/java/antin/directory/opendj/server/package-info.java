/** What runs inside OpenDJ's own process, with its classes and none of ours but those that the set-up puts beside them ({@code opendj/classes}). */
@NullMarked
package antin.directory.opendj.server;

import org.jspecify.annotations.NullMarked;
