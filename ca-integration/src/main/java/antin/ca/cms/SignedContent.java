package antin.ca.cms;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/** A file within its signature (CMS SignedData, RFC 5652, 5), in DER, with the chain of whoever signed. */
public final class SignedContent {

    private SignedContent() {
    }

    /**
     * Reads key and chain anew each time, since both change when the certificate is renewed.
     *
     * @param keyFile   PKCS#8 in PEM
     * @param chainFile in PEM, the signer's own certificate first
     * @throws Problem {@code MISCONFIGURED} where they do not fit
     */
    public static byte[] of(byte[] content, Path keyFile, Path chainFile) {
        List<X509Certificate> chain = PemFile.certificates(chainFile);
        String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
        PrivateKey key = PemFile.privateKey(keyFile, algorithm);
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder().build(algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA", key, chain.getFirst()));
            generator.addCertificates(new JcaCertStore(chain));
            return generator.generate(new CMSProcessableByteArray(content), true).getEncoded("DER");
        } catch (GeneralSecurityException | OperatorCreationException | CMSException | IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key in " + keyFile + " does not sign for " + chainFile + '.', e);
        }
    }
}
