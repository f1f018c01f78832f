/** What the processes with a public HTTPS port share: Tomcat with our limits, a Spring context made by hand, PostgreSQL, meters. It knows no page and no interface. */
@NullMarked
package antin.server;

import org.jspecify.annotations.NullMarked;
