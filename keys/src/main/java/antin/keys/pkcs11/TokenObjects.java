package antin.keys.pkcs11;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.KeyRing.KeyType;
import antin.kernel.key.KeyRing.KeyUse;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.params.ECDH1_DERIVE_PARAMS;

/** What lies on the token: private and public keys under their name (CKA_LABEL) and a random CKA_ID, their certificates with the same, authorities. */
final class TokenObjects {

    /** A private key: its name and what ties its objects together. */
    record Entry(String name, byte[] id) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(TokenObjects.class);
    private static final String AUTHORITY = "authority "; // the blank keeps it from being a key's name
    private static final int COORDINATE_BYTES = 32;
    private static final byte[] P256 = HexFormat.of().parseHex("06082a8648ce3d030107"); // RFC 5480, 2.1.1.1: secp256r1

    private TokenObjects() {
    }

    static List<Entry> privateKeys(Session session) throws PKCS11Exception {
        List<Entry> entries = new ArrayList<>();
        for (long key : session.findAllObjectsSingle(new AttributeVector().class_(PKCS11Constants.CKO_PRIVATE_KEY))) {
            AttributeVector found = session.getAttrValues(key, PKCS11Constants.CKA_LABEL, PKCS11Constants.CKA_ID);
            if (found.label() != null && found.id() != null && found.id().length > 0) {
                entries.add(new Entry(found.label(), found.id()));
            }
        }
        return entries;
    }

    /** Empty where there is none; two under one name are never guessed between. */
    static Optional<Entry> privateKey(Session session, String name) throws PKCS11Exception {
        List<Entry> entries = new ArrayList<>();
        AttributeVector named = new AttributeVector().class_(PKCS11Constants.CKO_PRIVATE_KEY).label(name);
        for (long key : session.findAllObjectsSingle(named)) {
            entries.add(new Entry(name, session.getAttrValues(key, PKCS11Constants.CKA_ID).id()));
        }
        if (entries.size() > 1) {
            throw new Problem(Kind.MISCONFIGURED, "The token has " + entries.size() + " private keys labelled " + name + ". Give them labels of their own.");
        }
        return entries.stream().findFirst();
    }

    static AttributeVector publicKey(Session session, Entry entry) throws PKCS11Exception {
        long[] found = session.findObjectsSingle(new AttributeVector().class_(PKCS11Constants.CKO_PUBLIC_KEY).id(entry.id()), 1);
        if (found.length == 0) {
            throw new Problem(Kind.MISCONFIGURED, "The token has no public key for " + entry.name() + ".");
        }
        return session.getAttrValues(found[0], PKCS11Constants.CKA_KEY_TYPE, PKCS11Constants.CKA_MODULUS, PKCS11Constants.CKA_PUBLIC_EXPONENT,
            PKCS11Constants.CKA_EC_PARAMS, PKCS11Constants.CKA_EC_POINT);
    }

    static void makeKeyPair(Session session, Entry entry, KeyType type, KeyUse use) throws PKCS11Exception {
        AttributeVector privateKey = new AttributeVector().class_(PKCS11Constants.CKO_PRIVATE_KEY).label(entry.name()).id(entry.id())
            .token(true).private_(true).sensitive(true).extractable(false).sign(true).unwrap(false).decrypt(use == KeyUse.MAIL && type == KeyType.RSA_3072);
        if (type == KeyType.EC_P256) {
            privateKey.derive(use == KeyUse.MAIL);
        }
        AttributeVector publicKey = new AttributeVector().class_(PKCS11Constants.CKO_PUBLIC_KEY).label(entry.name()).id(entry.id())
            .token(true).private_(false).verify(true);
        Mechanism mechanism = switch (type) {
            case RSA_3072 -> {
                publicKey.modulusBits(3072).publicExponent(BigInteger.valueOf(65537));
                yield new Mechanism(PKCS11Constants.CKM_RSA_PKCS_KEY_PAIR_GEN);
            }
            case EC_P256 -> {
                publicKey.ecParams(P256);
                yield new Mechanism(PKCS11Constants.CKM_EC_KEY_PAIR_GEN);
            }
        };
        session.generateKeyPair(mechanism, new KeyPairTemplate(privateKey, publicKey));
    }

    /** ECDH: the shared x-coordinate, taken out of the token and removed there (PKCS#11 2.40 current mechanisms, 2.3.7). */
    static byte[] agree(Session session, long privateKey, byte[] point) throws PKCS11Exception {
        AttributeVector secret = new AttributeVector().class_(PKCS11Constants.CKO_SECRET_KEY).keyType(PKCS11Constants.CKK_GENERIC_SECRET)
            .token(false).private_(false).sensitive(false).extractable(true).valueLen(COORDINATE_BYTES);
        long handle = session.deriveKey(new Mechanism(PKCS11Constants.CKM_ECDH1_DERIVE, new ECDH1_DERIVE_PARAMS(PKCS11Constants.CKD_NULL, null, point)), privateKey, secret);
        try {
            return session.getAttrValues(handle, PKCS11Constants.CKA_VALUE).value();
        } finally {
            session.destroyObject(handle);
        }
    }

    static Optional<X509Certificate> certificate(Session session, byte[] id) throws PKCS11Exception {
        return certificates(session, new AttributeVector().class_(PKCS11Constants.CKO_CERTIFICATE).id(id)).stream().findFirst();
    }

    /** Every certificate, of keys and of authorities. */
    static List<X509Certificate> certificates(Session session) throws PKCS11Exception {
        return certificates(session, new AttributeVector().class_(PKCS11Constants.CKO_CERTIFICATE));
    }

    static void storeCertificate(Session session, Entry entry, X509Certificate certificate) throws PKCS11Exception {
        store(session, certificate, entry.name(), entry.id());
    }

    static void storeAuthority(Session session, X509Certificate certificate) throws PKCS11Exception {
        try {
            byte[] digest = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()), 16);
            if (certificate(session, digest).isEmpty()) {
                store(session, certificate, AUTHORITY + certificate.getSerialNumber().toString(16), digest);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read can be written, and SHA-256 is there.", e);
        }
    }

    private static void store(Session session, X509Certificate certificate, String label, byte[] id) throws PKCS11Exception {
        try {
            session.createObject(AttributeVector.newX509Certificate().token(true).private_(false).label(label).id(id)
                .subject(certificate.getSubjectX500Principal().getEncoded()).issuer(certificate.getIssuerX500Principal().getEncoded())
                .serialNumber(new ASN1Integer(certificate.getSerialNumber()).getEncoded()).value(certificate.getEncoded()));
        } catch (java.io.IOException | CertificateException e) {
            throw new IllegalStateException("A certificate that was read can be written.", e);
        }
    }

    private static List<X509Certificate> certificates(Session session, AttributeVector template) throws PKCS11Exception {
        List<X509Certificate> certificates = new ArrayList<>();
        for (long handle : session.findAllObjectsSingle(template.certificateType(PKCS11Constants.CKC_X_509))) {
            try {
                certificates.add((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(session.getAttrValues(handle, PKCS11Constants.CKA_VALUE).value())));
            } catch (CertificateException e) {
                LOG.warn("A certificate on the token cannot be read and is left out", e);
            }
        }
        return certificates;
    }
}
