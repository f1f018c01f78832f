// Signatures from a USB token in a page. Needs Ấn Tín's browser extension, and the program antin-token-bridge on the same machine.

const HERE_MILLIS = 1000; // an extension that is there answers at once

const TEXTS = {
  "extension-missing": ["Trình duyệt chưa có tiện ích ký số Ấn Tín. Hãy cài tiện ích rồi tải lại trang.", "The browser lacks Ấn Tín's signing extension. Install it and reload the page."],
  "extension-updated": ["Tiện ích ký số vừa được cập nhật. Hãy tải lại trang.", "The signing extension was updated. Reload the page."],
  "program-missing": ["Máy này chưa có chương trình ký số antin-token-bridge. Hãy cài chương trình rồi thử lại.", "This machine lacks the signing program antin-token-bridge. Install it and try again."],
  "program-too-old": ["Chương trình ký số đã cũ. Hãy cập nhật rồi thử lại.", "The signing program is too old. Update it and try again."],
  "program-gone": ["Chương trình ký số đã dừng đột ngột. Chưa có gì được ký.", "The signing program ended unexpectedly. Nothing was signed."],
};
const OTHERS = ["Không ký được. Chưa có gì được ký.", "It failed. Nothing was signed."];

/** Why nothing was done: `reason` for programs, `messages.vi` and `messages.en` for people. */
export class TokenBridgeError extends Error {
  constructor(error) {
    const [vi, en] = TEXTS[error.reason] ?? [error.messages?.vi ?? OTHERS[0], error.messages?.en ?? error.message ?? OTHERS[1]];
    super(en);
    this.name = "TokenBridgeError";
    this.reason = error.reason;
    this.messages = { vi, en };
  }
}

/** Versions, where everything is ready; else the error says what is missing. Opens no window. */
export const status = () => call("status");

/** The certificate that the person chooses for signing, and what its key can do, the best first. */
export const certificate = () => call("certificate");

/** Signs several digests after one confirmation and one PIN: all of them, or none. */
export const signAll = ({ certificate, hashFunction, paddingScheme, documents }) => call("signAll", { certificate, hashFunction, paddingScheme, documents });

/** Signs one digest. */
export async function sign({ document, ...rest }) {
  const { signatures, signatureAlgorithm } = await signAll({ ...rest, documents: [document] });
  return { signature: signatures[0], signatureAlgorithm };
}

/** A Web eID authentication token for this page's origin and the server's challenge. */
export const authenticate = ({ challengeNonce }) => call("authenticate", { challengeNonce });

function call(name, options = {}) {
  const id = crypto.randomUUID();
  return new Promise((resolve, reject) => {
    const missing = setTimeout(() => end(() => reject(new TokenBridgeError({ reason: "extension-missing" }))), HERE_MILLIS);
    const listen = (event) => {
      if (event.source !== window || event.origin !== location.origin || event.data?.antin !== "token-bridge-answer" || event.data.id !== id) {
        return;
      }
      clearTimeout(missing);
      if (event.data.error) {
        end(() => reject(new TokenBridgeError(event.data.error)));
      } else if (event.data.result) {
        end(() => resolve(event.data.result));
      }
    };
    const end = (settle) => {
      clearTimeout(missing);
      removeEventListener("message", listen);
      settle();
    };
    addEventListener("message", listen);
    window.postMessage({ antin: "token-bridge-request", id, call: name, options }, location.origin);
  });
}
