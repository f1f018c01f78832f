package antin.keys;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;

/** Public keys of others, before a private one meets them: a point off the curve would take the key away bit by bit (SEC 1, 3.2.2.1). */
public final class CurvePoints {

    private CurvePoints() {
    }

    /** Refuses a key that is not one on the curve of {@code own}. */
    public static void check(ECPublicKey untrusted, ECPublicKey own) {
        ECPoint point = untrusted.getW();
        EllipticCurve curve = own.getParams().getCurve();
        if (!untrusted.getParams().getCurve().equals(curve) || point.equals(ECPoint.POINT_INFINITY) || !(curve.getField() instanceof ECFieldFp field)
            || !isOn(point, curve, field.getP())) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The sender's public key is not one on the curve of the receiver's.");
        }
    }

    private static boolean isOn(ECPoint point, EllipticCurve curve, BigInteger p) {
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        return x.signum() >= 0 && y.signum() >= 0 && x.compareTo(p) < 0 && y.compareTo(p) < 0
            && y.multiply(y).subtract(x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB())).mod(p).signum() == 0;
    }
}
