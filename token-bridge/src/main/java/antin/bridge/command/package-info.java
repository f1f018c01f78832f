/** One class a command: what a page may ask for, in the Web eID protocol's words and in ours. */
@NullMarked
package antin.bridge.command;

import org.jspecify.annotations.NullMarked;
