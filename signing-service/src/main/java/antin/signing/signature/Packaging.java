package antin.signing.signature;

/** Where a signature stands to what it signs. */
public enum Packaging { ENVELOPED, ENVELOPING, DETACHED }
