/** The REST interface, version 1: requests read as streams, refusals told as problem documents, and its own description. */
@NullMarked
package antin.signing.api;

import org.jspecify.annotations.NullMarked;
