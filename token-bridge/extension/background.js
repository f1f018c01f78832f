// Speaks with the native program: one port, one call at a time. The origin is the browser's word about the sender, never the page's.
"use strict";

const browserApi = globalThis.browser ?? chrome;
const HOST = "vn.antin.bridge";
const NEEDED = "0.1.0"; // of the native program
const LONGEST = 8 * 1024; // octets of a message to it
const IDLE_MILLIS = 5 * 60 * 1000; // after which the program is let go: it takes memory
const MOST_DOCUMENTS = 200;

class Refused extends Error {
  constructor(error) {
    super(error.reason);
    this.error = error;
  }
}

// --- the native port -------------------------------------------------------------------------------------------------

let native = null; // { port, waiting, version }
let idle = null;

async function program() {
  clearTimeout(idle);
  if (native) {
    return native;
  }
  const port = browserApi.runtime.connectNative(HOST);
  const connection = { port, waiting: null, greeted: false };
  native = connection;
  port.onMessage.addListener((message) => {
    const waiting = connection.waiting;
    connection.waiting = null;
    waiting?.resolve(message);
  });
  port.onDisconnect.addListener(() => {
    void browserApi.runtime.lastError; // else the browser writes it down as unseen
    if (native === connection) {
      native = null;
    }
    connection.waiting?.reject(new Refused({ reason: connection.greeted ? "program-gone" : "program-missing" }));
  });
  const greeting = await next(connection);
  connection.greeted = typeof greeting.version === "string";
  const status = await ask(connection, "status", {});
  if (!isEnough(status.version)) {
    port.disconnect();
    native = null;
    throw new Refused({ reason: "program-too-old" });
  }
  connection.status = status;
  return connection;
}

function next(connection) {
  return new Promise((resolve, reject) => {
    connection.waiting = { resolve, reject };
  });
}

async function ask(connection, command, args) {
  const message = { command, arguments: args };
  if (octets(message) > LONGEST) {
    throw new Refused({ reason: "message-too-large" });
  }
  const answer = next(connection);
  connection.port.postMessage(message);
  const body = await answer;
  if (body.error) {
    throw new Refused(body.error);
  }
  return body;
}

function octets(message) {
  return new TextEncoder().encode(JSON.stringify(message)).length;
}

function isEnough(version) {
  const numbers = (text) => text.split("-")[0].split(".").map(Number);
  const [has, needs] = [numbers(String(version)), numbers(NEEDED)];
  const first = needs.findIndex((number, i) => number !== (has[i] ?? 0));
  return first < 0 || has[first] > needs[first];
}

// --- what a page may call --------------------------------------------------------------------------------------------

const only = (options, ...names) => Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));

const CALLS = {
  status: async (connection) => ({ extension: browserApi.runtime.getManifest().version, program: connection.status.version, commands: connection.status.commands }),
  certificate: (connection, origin) => ask(connection, "get-signing-certificate", { origin }),
  authenticate: (connection, origin, options) => ask(connection, "authenticate", { origin, ...only(options, "challengeNonce") }),
  signAll: async (connection, origin, options) => {
    const documents = options.documents;
    if (!Array.isArray(documents) || documents.length === 0 || documents.length > MOST_DOCUMENTS) {
      throw new Refused({ reason: "invalid-argument" });
    }
    for (const part of parts(origin, documents.map((document) => only(Object(document), "name", "hash")))) {
      await ask(connection, "add-documents", { origin, documents: part });
    }
    return ask(connection, "sign-all", { origin, ...only(options, "certificate", "hashFunction", "paddingScheme") });
  },
};

// As many documents in a message as fit.
function* parts(origin, documents) {
  let part = [];
  for (const document of documents) {
    if (part.length > 0 && octets({ command: "add-documents", arguments: { origin, documents: [...part, document] } }) > LONGEST) {
      yield part;
      part = [];
    }
    part.push(document);
  }
  yield part;
}

// --- calls, one after the other --------------------------------------------------------------------------------------

let queue = Promise.resolve();

browserApi.runtime.onConnect.addListener((page) => {
  const origin = originOf(page.sender);
  let gone = false;
  let running = false;
  page.onDisconnect.addListener(() => {
    gone = true;
    if (running) {
      native?.port.disconnect(); // its windows close, and nothing is signed
      native?.waiting?.reject(new Refused({ reason: "user-cancelled" }));
      native = null;
    }
  });
  page.onMessage.addListener((message) => {
    queue = queue.then(async () => {
      if (gone) {
        return;
      }
      running = true;
      const body = await answer(origin, message);
      running = false;
      if (!gone) {
        page.postMessage(body);
      }
    });
  });
});

async function answer(origin, message) {
  try {
    if (!origin) {
      throw new Refused({ reason: "invalid-origin" });
    }
    if (!Object.hasOwn(CALLS, message?.call)) {
      throw new Refused({ reason: "unknown-command" });
    }
    const connection = await program();
    return { result: await CALLS[message.call](connection, origin, Object(message.options)) };
  } catch (failure) {
    return { error: failure instanceof Refused ? failure.error : { reason: "internal" } };
  } finally {
    clearTimeout(idle);
    idle = setTimeout(() => {
      native?.port.disconnect();
      native = null;
    }, IDLE_MILLIS);
  }
}

// Secure pages only, and not from within a frame, where a page could hide whose it is.
function originOf(sender) {
  if (sender?.frameId !== 0 || !sender.url) {
    return null;
  }
  const url = new URL(sender.url);
  return url.protocol === "https:" && (sender.origin ?? url.origin) === url.origin ? url.origin : null;
}
