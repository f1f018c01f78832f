package antin.signing.api;

/** How large a document may be, in octets, and how many are worked on at once. */
public record Limits(int largestDocument, Jobs jobs) {
}
