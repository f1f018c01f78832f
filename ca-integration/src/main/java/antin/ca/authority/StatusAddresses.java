package antin.ca.authority;

/**
 * Where relying parties ask about the certificates of one authority.
 *
 * @param url       the status server, without a slash at the end
 * @param authority the file name of the authority that signed
 */
public record StatusAddresses(String url, String authority) {

    String ocsp() {
        return url + "/ocsp";
    }

    String crl() {
        return url + "/crl/" + authority + ".crl";
    }

    /** RFC 5280, 5.2.4. */
    String deltaCrl() {
        return url + "/crl/" + authority + "-delta.crl";
    }

    String issuer() {
        return url + "/ca/" + authority + ".cer";
    }
}
