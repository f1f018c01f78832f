package antin.bridge.token;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where the makers' installers put their PKCS#11 libraries. The makers' own come before OpenSC, which may show the same token with less. */
public final class KnownModules {

    private static final List<String> LINUX = List.of(
        "/usr/lib/libeToken.so", "/usr/lib/libIDPrimePKCS11.so", "/usr/lib64/libeToken.so", "/usr/lib/x86_64-linux-gnu/libeToken.so", // SafeNet Authentication Client
        "/usr/lib/bit4id/libbit4xpki.so", "/usr/lib/libbit4xpki.so", "/usr/lib/x86_64-linux-gnu/libbit4xpki.so", "/opt/bit4id/lib/libbit4xpki.so", // Bit4ID
        "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so", "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so", "/usr/lib64/opensc-pkcs11.so", "/usr/lib/opensc-pkcs11.so", // OpenSC
        "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib64/pkcs11/libsofthsm2.so"); // SoftHSM

    private static final List<String> MACOS = List.of(
        "/usr/local/lib/libeToken.dylib", "/Library/Frameworks/eToken.framework/Versions/Current/libeToken.dylib", // SafeNet Authentication Client
        "/usr/local/lib/libbit4xpki.dylib", "/Library/bit4id/pkcs11/libbit4xpki.dylib", // Bit4ID
        "/Library/OpenSC/lib/opensc-pkcs11.so", // OpenSC
        "/opt/homebrew/lib/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so"); // SoftHSM

    private static final List<String> WINDOWS = List.of(
        "C:\\Windows\\System32\\eTPKCS11.dll", "C:\\Windows\\System32\\IDPrimePKCS1164.dll", // SafeNet Authentication Client
        "C:\\Windows\\System32\\bit4xpki.dll", "C:\\Program Files\\Bit4id\\Universal Middleware\\bit4xpki.dll", // Bit4ID
        "C:\\Program Files\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll", // OpenSC
        "C:\\SoftHSM2\\lib\\softhsm2-x64.dll"); // SoftHSM

    private KnownModules() {
    }

    /** Those of this machine's system. */
    public static List<Path> here() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return (system.startsWith("windows") ? WINDOWS : system.startsWith("mac") ? MACOS : LINUX).stream().map(Path::of).toList();
    }
}
