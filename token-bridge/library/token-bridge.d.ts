/** Hash functions of the Web eID protocol. */
export type HashFunction = "SHA-224" | "SHA-256" | "SHA-384" | "SHA-512" | "SHA3-224" | "SHA3-256" | "SHA3-384" | "SHA3-512";

/** How a digest is signed, in the words of the Web eID protocol. */
export interface SignatureAlgorithm {
  cryptoAlgorithm: "ECC" | "RSA";
  hashFunction: HashFunction;
  paddingScheme: "NONE" | "PKCS1.5" | "PSS";
}

/** What is signed: the name is shown to the person, the digest is base64 of as many octets as the hash function gives. */
export interface Document {
  /** 1 to 200 characters. */
  name: string;
  hash: string;
}

export interface Status {
  extension: string;
  program: string;
  commands: string[];
}

export interface Certificate {
  /** DER in base64. */
  certificate: string;
  supportedSignatureAlgorithms: SignatureAlgorithm[];
}

export interface SigningOptions {
  /** As `certificate()` gave it. */
  certificate: string;
  hashFunction: HashFunction;
  /** Else the best that the token has. */
  paddingScheme?: "PKCS1.5" | "PSS";
}

/** Web eID authentication token 1.0. */
export interface AuthenticationToken {
  unverifiedCertificate: string;
  algorithm: string;
  signature: string;
  format: "web-eid:1.0";
  appVersion: string;
}

/** Why nothing was done. */
export class TokenBridgeError extends Error {
  /** Such as `extension-missing`, `program-missing`, `program-too-old`, `user-cancelled`, `pin-locked`, `token-removed`. */
  readonly reason: string;
  readonly messages: { vi: string; en: string };
}

export function status(): Promise<Status>;
export function certificate(): Promise<Certificate>;
/** The values are base64: RSA as it is, ECDSA as r and s side by side. */
export function sign(options: SigningOptions & { document: Document }): Promise<{ signature: string; signatureAlgorithm: SignatureAlgorithm }>;
/** At most 200 documents. */
export function signAll(options: SigningOptions & { documents: Document[] }): Promise<{ signatures: string[]; signatureAlgorithm: SignatureAlgorithm }>;
/** The nonce has 44 to 128 characters. */
export function authenticate(options: { challengeNonce: string }): Promise<AuthenticationToken>;
