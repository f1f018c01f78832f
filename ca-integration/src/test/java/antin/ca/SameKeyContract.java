package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A key in a device that makes no other is certified anew before its certificate ends. */
public interface SameKeyContract extends CertificateAuthorityContract {

    @Test
    default void certifiesAKeyAgainForTheSameSubject() throws Exception {
        KeyPair key = TestRequests.ec("secp256r1");
        CertificateRequest first = wish(TestRequests.newId(), "agency-seal", TestRequests.subject("Sở Nội vụ"), List.of(), key);
        CertificateRequest second = wish(TestRequests.newId(), "agency-seal", TestRequests.subject("Sở Nội vụ"), List.of(), key);
        assertThat(Set.of(authority().issue(first).certificate(), authority().issue(second).certificate())).hasSize(2);
    }
}
