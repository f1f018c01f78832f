package antin.ca.enrol;

/** A request for a certificate that is not met, through its own fault. */
public final class RequestRefusal extends RuntimeException {

    private final RequestFault fault;

    public RequestRefusal(RequestFault fault) {
        this(fault, "");
    }

    /** @param sentence more of it, safe to show */
    public RequestRefusal(RequestFault fault, String sentence) {
        super(sentence.isEmpty() ? fault.word() : fault.word() + ": " + sentence);
        this.fault = fault;
    }

    public RequestFault fault() {
        return fault;
    }
}
