package antin.signing.signature;

/** Where an XML signature stands to what it signs. */
public enum Packaging { ENVELOPED, ENVELOPING, DETACHED }
