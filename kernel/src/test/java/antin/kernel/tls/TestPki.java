package antin.kernel.tls;

import antin.kernel.SecretFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** An internal CA made anew for a test by the JDK's own keytool, in the files that {@link InternalIdentity} reads. */
public final class TestPki {

    private static final String PASSWORD = "only-in-this-test";

    private final Path folder;
    private final Path store;

    public TestPki(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.store = folder.resolve("all.p12");
        keytool("-alias", "ca", "-dname", "CN=Internal CA", "-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=keyCertSign");
        Files.writeString(folder.resolve("ca.pem"), PemFile.encode(List.of(certificate("ca"))));
    }

    /** Issues the identity {@code name} with the URI {@code uri}. */
    public InternalIdentity issue(String name, String uri) throws Exception {
        keytool("-alias", name, "-signer", "ca", "-dname", "CN=" + name, "-ext", "san=uri:" + uri + ",dns:localhost,ip:127.0.0.1");
        SecretFile.write(folder.resolve(name + ".key"), PemFile.encode((PrivateKey) load().getKey(name, PASSWORD.toCharArray())));
        Files.writeString(folder.resolve(name + ".pem"), PemFile.encode(List.of(certificate(name))));
        return InternalIdentity.read(folder, name);
    }

    private X509Certificate certificate(String alias) throws Exception {
        return (X509Certificate) load().getCertificate(alias);
    }

    private KeyStore load() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
            "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(),
            "-storepass", PASSWORD, "-noprompt"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }
}
