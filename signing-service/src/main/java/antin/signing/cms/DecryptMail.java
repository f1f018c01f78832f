package antin.signing.cms;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditLog;
import antin.kernel.key.DecryptionKey;
import antin.signing.cms.UntrustedRecipient.Agreed;
import antin.signing.cms.UntrustedRecipient.Transported;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.RSAKey;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens what was encrypted to a mail key. Whatever depends on the key has one answer where it fails, and takes the same way there: a content key that did not open is replaced by another, and the
 * content is decrypted with that (RFC 3218, 2.3.2). A revoked or expired certificate's mail opens still: it is old mail.
 */
public final class DecryptMail {

    private final MailKeys keys;
    private final AuditLog audit;
    private final SecureRandom random = new SecureRandom();

    public DecryptMail(MailKeys keys, AuditLog audit) {
        this.keys = keys;
        this.audit = audit;
    }

    /** The content's octets. */
    public byte[] decrypt(MailRequest request) {
        UntrustedEnvelope envelope = UntrustedEnvelope.read(request.content());
        for (DecryptionKey key : keys.decryption(request.address())) {
            Optional<UntrustedRecipient> recipient = UntrustedRecipient.of(key.certificate(), envelope.recipients());
            if (recipient.isPresent()) {
                return MailUse.of(audit, request, key.name(), key.certificate(), word(recipient.get()), "CMS-decrypt")
                    .run(() -> opened(envelope, contentKey(recipient.get(), key, envelope.keyBytes())), content -> Map.of());
            }
        }
        throw new Problem(Kind.MALFORMED_DOCUMENT, "The message is encrypted to no key of this address.");
    }

    private byte[] contentKey(UntrustedRecipient recipient, DecryptionKey key, int length) {
        return switch (recipient) {
            case Transported one when key.certificate().getPublicKey() instanceof RSAKey -> key.unwrap(one.transport(), one.encryptedKey(), length);
            case Transported one -> throw new Problem(Kind.MALFORMED_DOCUMENT, "The message is broken.");
            case Agreed one -> Agreement.contentKey(one, key).filter(found -> found.length == length).orElseGet(() -> {
                byte[] other = new byte[length];
                random.nextBytes(other);
                return other;
            });
        };
    }

    private static byte[] opened(UntrustedEnvelope envelope, byte[] contentKey) {
        try {
            SecretKeySpec key = new SecretKeySpec(contentKey, "AES");
            Cipher cipher = Cipher.getInstance(envelope.isAuthenticated() ? "AES/GCM/NoPadding" : "AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, key, envelope.isAuthenticated() ? new GCMParameterSpec(envelope.tagBits(), envelope.nonce()) : new IvParameterSpec(envelope.nonce()));
            if (envelope.attributes().length > 0) {
                cipher.updateAAD(envelope.attributes());
            }
            return cipher.doFinal(envelope.content());
        } catch (GeneralSecurityException e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The message does not open.", e);
        }
    }

    private static String word(UntrustedRecipient recipient) {
        return switch (recipient) {
            case Transported one -> one.transport().isOaep() ? "RSA-OAEP-" + one.transport().digest() : "RSA-PKCS1";
            case Agreed one -> "ECDH";
        };
    }
}
