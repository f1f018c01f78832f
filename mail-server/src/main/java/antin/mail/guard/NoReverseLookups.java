package antin.mail.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * The resolver of the mail server's process: names are looked up as ever, addresses never. James asks for each client's name on the thread that serves hundreds of
 * others, so whoever owns an address's zone and answers slowly would hold up the whole server; and what such a zone says about its own addresses is worth nothing.
 */
public final class NoReverseLookups extends InetAddressResolverProvider {

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver builtin = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                return builtin.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                throw new UnknownHostException("Addresses are not looked up"); // then InetAddress takes the address's own text for the name
            }
        };
    }

    @Override
    public String name() {
        return "names only";
    }
}
