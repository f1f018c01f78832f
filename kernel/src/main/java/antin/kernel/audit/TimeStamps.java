package antin.kernel.audit;

import java.util.Optional;

/** Has somebody else say when something was there already (RFC 3161). Safe for use by many threads; never throws. */
public interface TimeStamps {

    /** For processes that have no time-stamping authority. */
    TimeStamps NONE = sha256 -> Optional.empty();

    /** A whole TimeStampResp in DER that grants a time stamp of that SHA-256 value; empty where none can be had now. */
    Optional<byte[]> stamp(byte[] sha256);

    /** How many lines each stamp adds to the very log whose heads are stamped: none where another process makes it. */
    default int linesEach() {
        return 0;
    }
}
