package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an adapter says that it can do. Each has a contract, which the test of whoever claims it runs. */
public enum Capability {
    /** Makes certificates; who cannot refuses every wish and says where to go. */
    ISSUE(null, IssuingContract.class),
    /** Takes certificates back itself, at once; who cannot opens a request that others decide. */
    REVOKE(null, RevokingContract.class),
    /** Certifies a key once more for the same subject. */
    SAME_KEY_AGAIN(null, SameKeyContract.class),
    HOLD(CertificateHold.class, CertificateHoldContract.class),
    /** Tells changes in their order, and hands out CRLs of its own. */
    STATUS_SOURCE(StatusSource.class, StatusSourceContract.class),
    SEARCH(CertificateSearch.class, CertificateSearchContract.class);

    private final @Nullable Class<?> port;
    private final Class<? extends CertificateAuthorityContract> contract;

    Capability(@Nullable Class<?> port, Class<? extends CertificateAuthorityContract> contract) {
        this.port = port;
        this.contract = contract;
    }

    /** The interface of main code by which it is claimed there, where there is one. */
    Optional<Class<?>> port() {
        return Optional.ofNullable(port);
    }

    /** Fails where an adapter claims in its code what its test does not, its test claims what its code does not, or a claim is not tried. */
    static void check(CertificateAuthority authority, Set<Capability> claimed, Class<?> test) {
        for (Capability capability : values()) {
            boolean claims = claimed.contains(capability);
            capability.port().ifPresent(port -> assertThat(port.isInstance(authority)).as("%s is a %s", authority.getClass().getSimpleName(), port.getSimpleName()).isEqualTo(claims));
            assertThat(capability.contract.isAssignableFrom(test)).as("%s runs %s", test.getSimpleName(), capability.contract.getSimpleName()).isEqualTo(claims);
        }
    }
}
