package antin.ca.enrol;

import antin.ca.authority.CertificateNames;
import java.io.IOException;
import java.security.KeyPair;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A request (RFC 2986) that names its subject and its subject alternative names itself (RFC 2985, 5.4.2). Our own authority takes nothing but the key from it; EJBCA
 * takes every name from there and from nowhere else, since its REST API has no other place for them.
 */
final class NamedRequest {

    private NamedRequest() {
    }

    /** In DER, signed by the key. Either list may be empty. */
    static byte[] signed(KeyPair keys, String algorithm, X500Principal subject, List<String> emails, List<String> hosts) {
        try {
            JcaPKCS10CertificationRequestBuilder builder = new JcaPKCS10CertificationRequestBuilder(subject, keys.getPublic());
            if (!emails.isEmpty()) {
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, alternatives(CertificateNames.emails(emails)));
            } else if (!hosts.isEmpty()) {
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, alternatives(CertificateNames.hosts(hosts)));
            }
            return builder.build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate())).getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("The request cannot be made", e);
        }
    }

    private static Extensions alternatives(GeneralNames names) throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.subjectAlternativeName, false, names);
        return extensions.generate();
    }
}
