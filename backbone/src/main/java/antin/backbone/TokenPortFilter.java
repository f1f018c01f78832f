package antin.backbone;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/** The port that asks for a certificate serves what needs one and nothing else: pages are the public port's. */
final class TokenPortFilter extends OncePerRequestFilter {

    /** The page to log in on, what it looks like, and where clients prove themselves by mutual TLS (RFC 8705). */
    private static final Set<String> SERVED = Set.of("/login/certificate", "/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/oauth2/device_authorization", "/oauth2/par");
    private static final Set<String> ASSETS = Set.of("/css/", "/fonts/", "/img/");

    private final int port;
    private final String publicUrl;

    TokenPortFilter(int port, String publicUrl) {
        this.port = port;
        this.publicUrl = publicUrl;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        String path = request.getRequestURI();
        if (request.getLocalPort() != port || SERVED.contains(path) || ASSETS.stream().anyMatch(path::startsWith)) {
            chain.doFilter(request, response);
        } else if (request.getMethod().equals("GET")) {
            response.sendRedirect(publicUrl + path + (request.getQueryString() == null ? "" : '?' + request.getQueryString()));
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
