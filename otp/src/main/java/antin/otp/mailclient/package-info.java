/** Pages and files for people's mail programs: app passwords, help with setting up, and what programs ask for by themselves. */
@NullMarked
package antin.otp.mailclient;

import org.jspecify.annotations.NullMarked;
