package antin.signing.hook;

import java.time.Instant;

/** An event that waits to be told. The body is the same each time. */
record HookEvent(String id, String hook, String body, int tries, Instant made) {
}
