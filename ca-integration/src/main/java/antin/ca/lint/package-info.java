/** What a certificate must not be wrong in, each rule with the section it rests on. Every certificate of ours is held against them before it is signed. */
@NullMarked
package antin.ca.lint;

import org.jspecify.annotations.NullMarked;
