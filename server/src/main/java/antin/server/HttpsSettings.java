package antin.server;

import java.nio.file.Path;

/** Where the public port is, and its key and certificate chain in PEM. {@code listen} names an address of this machine; the settings checked it. */
public record HttpsSettings(String listen, int port, Path keyFile, Path chainFile) {
}
