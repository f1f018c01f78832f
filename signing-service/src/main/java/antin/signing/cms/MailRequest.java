package antin.signing.cms;

/**
 * What the mail server asks.
 *
 * @param peer    who asks, as its certificate says
 * @param from    the address it asks from
 * @param address the mail address in whose name
 * @param content octets to sign, or a message to open; not copied
 */
public record MailRequest(String peer, String from, String address, byte[] content) {
}
