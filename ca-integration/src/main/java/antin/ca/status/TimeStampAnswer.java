package antin.ca.status;

/** What the time-stamping authority says: a TimeStampResp in DER, and whether it holds a time stamp. */
public record TimeStampAnswer(byte[] der, boolean granted) {

    public TimeStampAnswer {
        der = der.clone();
    }
}
