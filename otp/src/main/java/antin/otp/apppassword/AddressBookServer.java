package antin.otp.apppassword;

/**
 * Where mail clients look people up, as their owners type it.
 *
 * @param url such as {@code ldaps://ldap.city.example:636}
 */
public record AddressBookServer(String url) {

    public AddressBookServer {
        if (!url.matches("ldaps?://[^/\\s]+")) {
            throw new IllegalArgumentException("The address of the directory must look like ldaps://ldap.city.example:636, and is " + url);
        }
    }
}
