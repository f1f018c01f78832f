package antin.backbone.load;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.InvalidKeyException;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;

/** Somebody who logs in, from an address of their own. The one-time codes are by counter: by time, each person could log in only twice a minute. */
final class Staff {

    final String number;
    final String mailAddress;
    final String password;
    final String appPassword;
    private final int place;
    private final SecretKeySpec secret;
    private final AtomicLong counter = new AtomicLong();

    Staff(int place, String number, String mailAddress, String password, String appPassword, byte[] secret) {
        this.place = place;
        this.number = number;
        this.mailAddress = mailAddress;
        this.password = password;
        this.appPassword = appPassword;
        this.secret = new SecretKeySpec(secret, "RAW");
    }

    /** A loopback address of their own: Linux lets one come from any of 127/8. */
    InetAddress address() {
        try {
            return InetAddress.getByAddress(new byte[] {127, (byte) (1 + place / 65_536), (byte) (place / 256 % 256), (byte) (1 + place % 254)});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    String nextCode() {
        try {
            return new HmacOneTimePasswordGenerator().generateOneTimePasswordString(secret, counter.getAndIncrement());
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
