package antin.otp.notice;

/**
 * Tells people by mail what happened to their own accounts. A letter is as durable as the transaction it is written in, and is sent when mail-server takes it, in hours
 * where that is away; twice at worst. Safe for use by many threads.
 */
public interface Notices {

    /**
     * @param person  the number; whoever is nobody any more gets nothing
     * @param subject one line, in the person's language, without a secret
     * @param text    lines of plain text, likewise
     */
    void send(String person, String subject, String text);
}
