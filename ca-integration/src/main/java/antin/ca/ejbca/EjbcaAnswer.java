package antin.ca.ejbca;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * What EJBCA said.
 *
 * @param path   what was asked for, below the API's address
 * @param status HTTP's
 * @param body   an object; what came as a file is its member {@code text}
 * @param html   whether a page came in place of JSON, which is what the door of a disabled protocol shows
 */
record EjbcaAnswer(String path, int status, JsonNode body, boolean html) {

    boolean isOk() {
        return status == 200 || status == 201;
    }

    String message() {
        return body.path("error_message").asString("");
    }

    boolean says(String words) {
        return message().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    /** An authority without its key answers 400; it comes back when an operator activates it. */
    boolean isOffline() {
        return status == 400 && (says("token is offline") || says("signsession.canotactive") || says("is not active"));
    }

    /** What a refusal means for who asked. The server's own words stay in the log: they name users and serials. */
    Problem problem() {
        RuntimeException words = new IllegalStateException("EJBCA answered " + status + ": " + message());
        if (html && status == 403) {
            return new Problem(Kind.MISCONFIGURED, "EJBCA's REST API is switched off: enable \"REST Certificate Management" + (path.startsWith("/v2/") ? " V2" : "")
                + "\" under System Configuration, Protocol Configuration.", words);
        }
        if (isOffline()) {
            return new Problem(Kind.PEER_UNAVAILABLE, "The certification authority is off-line at EJBCA. It must be activated there.", words);
        }
        if (status == 405 || status == 415 || status == 404 && (html || says("RESTEASY003210"))) {
            return new Problem(Kind.MISCONFIGURED, "There is no REST API of EJBCA at ejbca.url. It ends in /ejbca/ejbca-rest-api.", words);
        }
        if (status == 403 && says("bearer token")) {
            return new Problem(Kind.MISCONFIGURED, "EJBCA does not take the token of ejbca.token-file: it ended, or its signature, key id or audience is not the one that EJBCA trusts.", words);
        }
        if (status == 401 || status == 403) {
            return new Problem(Kind.MISCONFIGURED, says("end entity profile") ? "EJBCA does not let us use this end entity profile: give our role there access to it."
                : "EJBCA does not know us or gives us no right: our certificate or token must belong to a role with the rights of an RA administrator.", words);
        }
        if (status >= 500 || status == 429) {
            return new Problem(Kind.PEER_UNAVAILABLE, "EJBCA failed. Try again later.", words);
        }
        return refused(words);
    }

    private Problem refused(RuntimeException words) {
        if (says("approvals are enabled")) {
            return new Problem(Kind.MISCONFIGURED, "Approvals are on for this certificate profile or authority at EJBCA, and its REST API does not enrol then: switch them off there; ours are asked before.", words);
        }
        if (says("same subject dn")) {
            return new Problem(Kind.MISCONFIGURED, "EJBCA allows one user per name: switch \"Enforce unique DN\" off for this authority, since every certificate of ours has a user of its own.", words);
        }
        if (says("same key as another user")) {
            return new Problem(Kind.MALFORMED_REQUEST, "This key was certified before. Make a new one.", words);
        }
        if (status == 404 && says("ca '")) {
            return new Problem(Kind.MISCONFIGURED, "EJBCA does not know the authority that is configured for it.", words);
        }
        if (says("certificate profile with name") || says("end entity profile of name") || says("ca with name") || says("ca with id")
            || says("ca with dn") || says("unknown certificate profile") || says("unknown end entity profile")) {
            return new Problem(Kind.MISCONFIGURED, "EJBCA does not know the authority or a profile that is configured for it.", words);
        }
        if (status == 404) {
            return new Problem(Kind.NOT_FOUND, "EJBCA never issued this certificate.", words);
        }
        return status == 409 ? new Problem(Kind.CONFLICT, "EJBCA refuses: it was done otherwise before.", words)
            : new Problem(Kind.MALFORMED_REQUEST, "EJBCA refuses this request; its profile asks for another name or key.", words);
    }
}
