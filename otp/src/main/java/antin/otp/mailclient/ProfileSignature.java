package antin.otp.mailclient;

/** Puts a configuration profile into a signature (CMS SignedData, RFC 5652) that its device trusts, so that it shows who made it. Safe for use by many threads. */
public interface ProfileSignature {

    /** In DER, with the content and the signer's certificates. */
    byte[] sign(byte[] profile);
}
