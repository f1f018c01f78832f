package antin.server;

/**
 * What a client may use up.
 *
 * @param largestForm     octets of a form or of text parts; 0 where none is read
 * @param mostParameters  fields and parts of one request
 * @param largestSwallow  octets that are read to the end, so that who sent them reads why they were refused
 * @param mostConnections at the same time, of all clients
 */
public record HttpsLimits(int largestForm, int mostParameters, int largestSwallow, int mostConnections) {
}
