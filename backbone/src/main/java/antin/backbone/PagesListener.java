package antin.backbone;

import antin.otp.login.TokenPort;
import antin.server.ClientCertificatePort;
import antin.server.HttpsLimits;
import antin.server.HttpsListener;
import antin.server.HttpsSettings;
import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http2.Http2Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.error.ErrorPage;

/** The public port: small limits, since no form of ours is large, and HTTP/2 for browsers. */
final class PagesListener {

    private static final int LARGEST_FORM = 64 * 1024;
    private static final HttpsLimits LIMITS = new HttpsLimits(LARGEST_FORM, 100, LARGEST_FORM, 2_000);

    private PagesListener() {
    }

    static TomcatServletWebServerFactory factory(HttpsSettings settings, TokenPort tokenPort, List<X509Certificate> authorities) {
        TomcatServletWebServerFactory factory = HttpsListener.factory(settings, LIMITS);
        factory.addErrorPages(new ErrorPage("/error"));
        factory.addContextCustomizers(PagesListener::refuseSilently);
        if (tokenPort.isOpen()) {
            ClientCertificatePort.add(factory, settings, tokenPort.number(), authorities, LIMITS);
        }
        factory.addConnectorCustomizers(connector -> connector.addUpgradeProtocol(new Http2Protocol()));
        return factory;
    }

    /** What Tomcat refuses by itself tells neither its version nor a reason. */
    private static void refuseSilently(Context context) {
        ErrorReportValve silent = new ErrorReportValve();
        silent.setShowServerInfo(false);
        silent.setShowReport(false);
        context.getParent().getPipeline().addValve(silent);
    }
}
