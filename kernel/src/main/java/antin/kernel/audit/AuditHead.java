package antin.kernel.audit;

/** How far a log has come: the last line's number and hash. {@code sequence} 0 is the empty log. */
public record AuditHead(long sequence, String hash) {
}
