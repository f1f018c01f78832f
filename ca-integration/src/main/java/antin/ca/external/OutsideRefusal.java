package antin.ca.external;

/** A certificate or a signature that is not taken. */
public final class OutsideRefusal extends RuntimeException {

    private final OutsideFault fault;

    public OutsideRefusal(OutsideFault fault) {
        super(fault.word());
        this.fault = fault;
    }

    OutsideRefusal(OutsideFault fault, Throwable cause) {
        super(fault.word(), cause);
        this.fault = fault;
    }

    public OutsideFault fault() {
        return fault;
    }
}
