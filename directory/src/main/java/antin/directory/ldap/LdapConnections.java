package antin.directory.ldap;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.EXTERNALBindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Two pools over verified TLS: one that is the process itself (SASL EXTERNAL, RFC 4422 appendix A), one without an
 * identity on which persons' passwords are tried, so that nothing ever runs as a person. Both start empty, mend themselves
 * after an outage, and prefer the first host.
 */
final class LdapConnections implements AutoCloseable {

    /** As the certificate says: an empty authorization identity. Without any, slapd asks back (RFC 4422, 3 and appendix A.3). */
    private static final String AS_THE_CERTIFICATE_SAYS = "";
    private static final int CONNECT_MILLIS = 2_000;
    private static final int RESPONSE_MILLIS = 5_000;
    private static final int AT_ONCE = 16;
    /** A bind costs the server tens of milliseconds of CPU: more at once only make all wait. */
    private static final int BINDERS = 8;
    private static final long MAX_AGE_MILLIS = 600_000;

    final LDAPConnectionPool own;
    final LDAPConnectionPool binds;

    LdapConnections(LdapSettings settings, InternalIdentity identity) {
        try {
            own = pool(settings, context(settings, identity), new EXTERNALBindRequest(AS_THE_CERTIFICATE_SAYS), AT_ONCE);
            binds = pool(settings, context(settings, null), null, BINDERS);
        } catch (GeneralSecurityException | IOException | LDAPException e) {
            throw new Problem(Kind.MISCONFIGURED, "The certificates for the directory cannot be used: check " + settings.trustFile() + ".", e);
        }
    }

    @Override
    public void close() {
        own.close();
        binds.close();
    }

    private static LDAPConnectionPool pool(LdapSettings settings, SSLContext context, @Nullable BindRequest bind, int size) throws LDAPException {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(CONNECT_MILLIS);
        options.setResponseTimeoutMillis(RESPONSE_MILLIS);
        options.setAbandonOnTimeout(true);
        options.setFollowReferrals(false);
        String[] names = settings.hosts().stream().map(LdapSettings.Host::name).toArray(String[]::new);
        int[] ports = settings.hosts().stream().mapToInt(LdapSettings.Host::port).toArray();
        FailoverServerSet servers = new FailoverServerSet(names, ports, new CheckedSocketFactory(context.getSocketFactory(), RESPONSE_MILLIS), options);
        servers.setReOrderOnFailover(true);
        servers.setMaxFailoverConnectionAgeMillis(60_000L);
        LDAPConnectionPool pool = new LDAPConnectionPool(servers, bind, 0, size);
        // Writes are not among them: a write may have happened (LdapWrites asks).
        pool.setRetryFailedOperationsDueToInvalidConnections(Set.of(OperationType.BIND, OperationType.SEARCH));
        pool.setCreateIfNecessary(false);
        pool.setMaxWaitTimeMillis(RESPONSE_MILLIS);
        pool.setMaxConnectionAgeMillis(MAX_AGE_MILLIS);
        return pool;
    }

    private static SSLContext context(LdapSettings settings, @Nullable InternalIdentity identity) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity == null ? null : identity.own().keyManagers(),
            new TrustManager[] {TlsMaterial.trusting(PemFile.certificates(settings.trustFile()))}, null);
        return context;
    }
}
