package antin.signing;

import antin.server.HttpsLimits;
import antin.server.HttpsListener;
import antin.server.HttpsSettings;
import antin.signing.api.ProblemDocuments;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/** The public port: HTTP/1.1 (documents gain nothing from streams side by side), every refusal a problem document. */
final class ApiListener {

    private static final int NO_FORM = 0;
    private static final int MOST_PARTS = 10;
    private static final int MOST_CONNECTIONS = 1_000;

    private ApiListener() {
    }

    static TomcatServletWebServerFactory factory(HttpsSettings settings, int largestDocument) {
        // Who sends somewhat too much reads why, instead of a broken connection; who sends far too much does not.
        int largestSwallow = (int) Math.min(Integer.MAX_VALUE, 2L * largestDocument);
        TomcatServletWebServerFactory factory = HttpsListener.factory(settings, new HttpsLimits(NO_FORM, MOST_PARTS, largestSwallow, MOST_CONNECTIONS));
        factory.addContextCustomizers(ApiListener::speakInProblems);
        return factory;
    }

    private static void speakInProblems(Context context) {
        if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemDocuments.class.getName());
        }
    }
}
