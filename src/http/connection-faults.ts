export interface ConnectionFault {
  /** What was found, in our words. */
  readonly found: string;
  /** The next step. */
  readonly next: string;
}

const OWN_AUTHORITY =
  'If a company proxy or a private authority signs for it, name the file with its certificate in NODE_EXTRA_CA_CERTS; ' +
  'if not, somebody stands between you and the vendor: send no key.';
const selfSigned = { found: 'the certificate is signed by itself', next: OWN_AUTHORITY };
const unknownAuthority = {
  found: 'the certificate is signed by an authority that this machine does not know',
  next: OWN_AUTHORITY,
};
const otherProtocol = {
  found: 'something answers there that does not speak TLS',
  next: 'Check the port and the base URL, and whether a proxy answers in place of the vendor.',
};

/** Why no connection came about, by the code that Node.js or OpenSSL gives; what is not here has only its code. */
const FAULTS: Readonly<Record<string, ConnectionFault>> = {
  CERT_HAS_EXPIRED: {
    found: 'the certificate has expired',
    next: "Check this machine's clock; if it is right, who runs that address has to renew the certificate.",
  },
  CERT_NOT_YET_VALID: {
    found: 'the certificate is not valid yet',
    next: "Check this machine's clock: it is probably behind.",
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    found: 'the certificate is for another host name',
    next: 'Set the base URL to a host name that the certificate has; check what the name leads to on this machine.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  ERR_SSL_WRONG_VERSION_NUMBER: otherProtocol,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: otherProtocol,
  EPROTO: otherProtocol,
  ENOTFOUND: {
    found: 'the host name cannot be found',
    next: 'Check the spelling of the base URL; where only a proxy reaches the outside, set HTTPS_PROXY.',
  },
  EAI_AGAIN: {
    found: 'host names cannot be looked up at the moment',
    next: "Check this machine's network and name server, then run the audit again.",
  },
  ECONNREFUSED: {
    found: 'nothing answers at that port',
    next: 'Check the port and the base URL, or the proxy that HTTPS_PROXY names.',
  },
};

export const connectionFault = (code: string): ConnectionFault | undefined =>
  Object.hasOwn(FAULTS, code) ? FAULTS[code] : undefined;
