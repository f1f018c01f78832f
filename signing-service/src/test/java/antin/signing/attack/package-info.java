/** Documents that want to pass for what nobody signed, and the reasons they are refused for. Each is listed in docs/validation/attacks.md. */
@org.jspecify.annotations.NullMarked
package antin.signing.attack;
