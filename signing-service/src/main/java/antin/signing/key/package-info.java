/** Where the keys lie, by configuration: files, or devices with one ring in front; how the devices are, for the operator; and what a crash left open in the audit. */
@NullMarked
package antin.signing.key;

import org.jspecify.annotations.NullMarked;
