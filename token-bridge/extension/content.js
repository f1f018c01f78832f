// Between the page and the extension. It carries messages and knows nothing: where they come from, the browser tells the background.
"use strict";

const browserApi = globalThis.browser ?? chrome;

// Both own messages have a word of their own, so that neither is taken for the other's or another script's.
addEventListener("message", (event) => {
  const message = event.data;
  if (event.source !== window || event.origin !== location.origin || message?.antin !== "token-bridge-request" || typeof message.id !== "string") {
    return;
  }
  const answer = (body) => window.postMessage({ antin: "token-bridge-answer", id: message.id, ...body }, location.origin);
  answer({ begun: true });
  let port;
  try {
    // A connection for each call: it ends with the page, and with it the windows that the call has opened.
    port = browserApi.runtime.connect();
  } catch {
    answer({ error: { reason: "extension-updated" } }); // reload the page
    return;
  }
  port.onMessage.addListener((body) => {
    answer(body);
    port.disconnect();
  });
  port.onDisconnect.addListener(() => answer({ error: { reason: "extension-updated" } })); // not heard where it was answered
  port.postMessage({ call: message.call, options: message.options });
});
