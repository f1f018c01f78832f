/** Every parser that reads what outsiders send, under mutated and random octets. docs/validation/fuzzing.md says how to run it. */
@org.jspecify.annotations.NullMarked
package antin.signing.fuzz;
