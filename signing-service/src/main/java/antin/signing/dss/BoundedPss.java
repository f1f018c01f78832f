package antin.signing.dss;

import eu.europa.esig.dss.spi.DSSSecurityProvider;
import java.security.InvalidAlgorithmParameterException;
import java.security.Provider;
import java.security.Provider.Service;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jcajce.provider.asymmetric.rsa.PSSSignatureSpi;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** RSA-PSS (RFC 8017, 8.1) of Bouncy Castle, which takes memory for the salt that a document says it has: a salt is no longer than the largest key has room for. Only the digests of RFC 4055 stay. */
final class BoundedPss {

    private static final int LONGEST_SALT = 16384 / Byte.SIZE;
    private static final String PREFIX = "Signature.";

    private static final Map<String, Class<?>> OURS = Map.of("RSASSA-PSS", Any.class, "SHA1WITHRSAANDMGF1", Sha1.class, "SHA224WITHRSAANDMGF1", Sha224.class, "SHA256WITHRSAANDMGF1", Sha256.class,
        "SHA384WITHRSAANDMGF1", Sha384.class, "SHA512WITHRSAANDMGF1", Sha512.class);

    private BoundedPss() {
    }

    /** For all that DSS verifies, before it verifies anything. */
    static void install() {
        Provider provider = new BouncyCastleProvider();
        List<Service> all = provider.getServices().stream().filter(service -> service.getType().equals("Signature") && service.getClassName().startsWith(PSSSignatureSpi.class.getName())).toList();
        for (Service one : all) {
            Class<?> ours = OURS.get(one.getAlgorithm());
            if (ours == null) {
                provider.remove(PREFIX + one.getAlgorithm());
            } else {
                provider.put(PREFIX + one.getAlgorithm(), ours.getName());
            }
        }
        DSSSecurityProvider.setSecurityProvider(provider);
    }

    private static AlgorithmParameterSpec bounded(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
        if (parameters instanceof PSSParameterSpec pss && pss.getSaltLength() > LONGEST_SALT) {
            throw new InvalidAlgorithmParameterException("A salt of " + pss.getSaltLength() + " octets fits no key.");
        }
        return parameters;
    }

    /** By its parameters. */
    public static final class Any extends PSSSignatureSpi.PSSwithRSA {
        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
            super.engineSetParameter(bounded(parameters));
        }
    }

    /** With SHA-1. */
    public static final class Sha1 extends PSSSignatureSpi.SHA1withRSA {
        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
            super.engineSetParameter(bounded(parameters));
        }
    }

    /** With SHA-224. */
    public static final class Sha224 extends PSSSignatureSpi.SHA224withRSA {
        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
            super.engineSetParameter(bounded(parameters));
        }
    }

    /** With SHA-256. */
    public static final class Sha256 extends PSSSignatureSpi.SHA256withRSA {
        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
            super.engineSetParameter(bounded(parameters));
        }
    }

    /** With SHA-384. */
    public static final class Sha384 extends PSSSignatureSpi.SHA384withRSA {
        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
            super.engineSetParameter(bounded(parameters));
        }
    }

    /** With SHA-512. */
    public static final class Sha512 extends PSSSignatureSpi.SHA512withRSA {
        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
            super.engineSetParameter(bounded(parameters));
        }
    }
}
