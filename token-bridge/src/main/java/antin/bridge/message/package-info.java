/** What travels between the browser and this program: frames, strict JSON, and refusals with their texts. Nothing here knows a token. */
@NullMarked
package antin.bridge.message;

import org.jspecify.annotations.NullMarked;
