// Passkeys (WebAuthn 2). A form marked data-passkey asks its data-options address what the authenticator is to sign, and is then sent as any form.
"use strict";

const decode = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), letter => letter.charCodeAt(0));
const encode = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = list => (list || []).map(one => ({ ...one, id: decode(one.id) }));

async function create(options) {
  const credential = await navigator.credentials.create({ publicKey: { ...options, challenge: decode(options.challenge),
    user: { ...options.user, id: decode(options.user.id) }, excludeCredentials: named(options.excludeCredentials) } });
  return { response: { attestationObject: encode(credential.response.attestationObject), clientDataJSON: encode(credential.response.clientDataJSON),
    transports: credential.response.getTransports ? credential.response.getTransports() : [] }, credential };
}

async function get(options) {
  const credential = await navigator.credentials.get({ publicKey: { ...options, challenge: decode(options.challenge), allowCredentials: named(options.allowCredentials) } });
  const made = credential.response;
  return { response: { authenticatorData: encode(made.authenticatorData), clientDataJSON: encode(made.clientDataJSON), signature: encode(made.signature),
    userHandle: made.userHandle ? encode(made.userHandle) : undefined }, credential };
}

document.querySelectorAll("form[data-passkey]").forEach(form => form.addEventListener("submit", async event => {
  event.preventDefault();
  const failed = form.querySelector("[data-failed]");
  failed.hidden = true;
  try {
    const answer = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
    if (!answer.ok) {
      throw new Error(answer.status);
    }
    const options = await answer.json();
    const { response, credential } = await (form.dataset.passkey === "create" ? create(options) : get(options));
    form.elements.credential.value = JSON.stringify({ id: credential.id, rawId: encode(credential.rawId), type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment || undefined, clientExtensionResults: {}, response });
    form.submit();
  } catch (error) {
    failed.hidden = false;
  }
}));
