/** The {@link antin.directory.Directory} port over LDAP, for OpenDJ and any server that passes the contract. The only package that knows UnboundID's SDK. */
@NullMarked
package antin.directory.ldap;

import org.jspecify.annotations.NullMarked;
