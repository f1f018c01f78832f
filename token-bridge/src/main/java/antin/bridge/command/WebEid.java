package antin.bridge.command;

import antin.bridge.message.Json;
import antin.bridge.token.SignatureAlgorithm;
import tools.jackson.databind.node.ObjectNode;

/** Words of the Web eID protocol (web-eid-app, input-output mode). */
final class WebEid {

    /** What a browser calls an origin has at most so many characters. */
    static final int LONGEST_ORIGIN = 255;

    private WebEid() {
    }

    static ObjectNode algorithm(SignatureAlgorithm algorithm) {
        return Json.object().put("cryptoAlgorithm", algorithm.scheme().crypto()).put("hashFunction", algorithm.hash().word()).put("paddingScheme", algorithm.scheme().padding());
    }
}
