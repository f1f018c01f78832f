package antin.backbone.operator;

import antin.kernel.Problem;
import antin.otp.vault.NewKey;
import antin.otp.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** {@code RotateKey SECRET-KEY-FILE}: adds a fresh key to the file that {@code secret-key-file} names. The next start uses it and brings over what former ones sealed. */
public final class RotateKey {

    private RotateKey() {
    }

    @SuppressWarnings("SystemOut") // a command of the operator's
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("Usage: RotateKey SECRET-KEY-FILE");
            System.exit(2);
        }
        try {
            Vault vault = NewKey.add(Path.of(arguments[0]), new SecureRandom());
            System.out.println("The present key is " + vault.keyId() + ", former ones are " + String.join(", ", vault.formerKeys()) + ". Copy the file to a safe place apart from the database, then restart the backbone.");
        } catch (IOException | Problem e) {
            System.err.println(e instanceof Problem problem ? problem.detail() : "The file " + arguments[0] + " cannot be written.");
            System.exit(1);
        }
    }
}
