package antin.signing.cms;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.DecryptionKey;
import antin.kernel.key.KeyRing;
import antin.kernel.key.SigningKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys for mail, by address. Only these are ever looked up here. */
public final class MailKeys {

    private static final int DIGITAL_SIGNATURE = 0; // RFC 5280, 4.2.1.3
    private static final int NON_REPUDIATION = 1;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    private final KeyRing keys;
    private final Map<String, Set<String>> addresses;

    public MailKeys(KeyRing keys, MailSettings settings) {
        this.keys = keys;
        this.addresses = settings.addresses();
    }

    /** The first in the configuration's order whose certificate is for signatures. */
    SigningKey signing(String address) {
        return names(address).stream().map(keys::find).flatMap(Optional::stream).filter(key -> isFor(key.certificate(), DIGITAL_SIGNATURE, NON_REPUDIATION)).findFirst()
            .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no key that signs mail of this address."));
    }

    /** All whose certificates are for encryption: mail may come to an old one. */
    List<DecryptionKey> decryption(String address) {
        List<DecryptionKey> found = names(address).stream().map(keys::findForDecryption).flatMap(Optional::stream)
            .filter(key -> isFor(key.certificate(), KEY_ENCIPHERMENT, KEY_AGREEMENT)).toList();
        if (found.isEmpty()) {
            throw new Problem(Kind.NOT_FOUND, "There is no key that opens mail to this address.");
        }
        return found;
    }

    private List<String> names(String address) {
        String wanted = address.toLowerCase(Locale.ROOT);
        return addresses.entrySet().stream().filter(key -> key.getValue().contains(wanted)).map(Map.Entry::getKey).toList();
    }

    private static boolean isFor(X509Certificate certificate, int one, int other) {
        boolean[] usage = certificate.getKeyUsage();
        return usage == null || usage[one] || usage[other];
    }
}
