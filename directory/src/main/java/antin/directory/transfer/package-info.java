/** Many people and units at once, from and to files: {@link antin.directory.transfer.Imports} and {@link antin.directory.transfer.Exports}. Every line passes the rights and rules of the administration. */
@NullMarked
package antin.directory.transfer;

import org.jspecify.annotations.NullMarked;
