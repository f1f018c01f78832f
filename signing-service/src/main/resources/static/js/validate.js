// The page that checks documents. Its form works without this; with it, files may be dropped, progress is shown, and the answer comes without leaving the page, so that the files stay chosen.
"use strict";

const at = id => document.getElementById(id);
let busy = false;

/** What only a script can do is shown where there is one. */
function dress() {
  document.querySelectorAll("[data-drop], [data-report]").forEach(one => { one.hidden = false; });
  document.querySelectorAll("[data-plain]").forEach(one => { one.hidden = true; });
}

/** The answer is a page like this one: it takes this one's place, with the files and the password that were chosen here. */
function show(text) {
  const next = new DOMParser().parseFromString(text, "text/html");
  if (!next.getElementById("check")) {
    throw new Error("another page");
  }
  const kept = ["document", "original", "password"].map(at);
  const open = document.querySelector("#check details").open;
  document.documentElement.lang = next.documentElement.lang;
  document.title = next.title;
  document.body.replaceWith(document.adoptNode(next.body));
  kept.forEach(old => at(old.id).replaceWith(old));
  document.querySelector("#check details").open = open;
  dress();
  const first = at("problem") || at("verdict");
  if (first) {
    first.focus();
    first.closest("section, p").scrollIntoView();
  }
}

function save(blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "validation-report.pdf";
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function progress(text, done) {
  at("progress").hidden = false;
  at("doing").textContent = text;
  if (done === undefined) {
    at("bar").removeAttribute("value");
  } else {
    at("bar").value = done;
  }
}

/** XMLHttpRequest, since fetch tells nothing of how much was sent. */
function send(address, report) {
  const form = at("check");
  const files = [...at("document").files, ...at("original").files];
  at("too-large").hidden = files.every(file => file.size <= Number(form.dataset.largest));
  if (busy || !at("too-large").hidden || !form.reportValidity()) {
    return;
  }
  busy = true;
  const data = new FormData(form);
  if (report) {
    data.set("report", "pdf");
  }
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.responseType = "blob";
  request.setRequestHeader("Accept", "text/html, application/pdf");
  request.upload.addEventListener("progress", event => progress(form.dataset.sending, event.lengthComputable ? event.loaded / event.total * 100 : undefined));
  request.upload.addEventListener("load", () => progress(form.dataset.checking));
  request.addEventListener("loadend", async () => {
    busy = false;
    at("progress").hidden = true;
    try {
      if (request.status === 200 && request.response.type.startsWith("application/pdf")) {
        save(request.response);
      } else {
        show(await request.response.text());
      }
    } catch (error) {
      form.submit(); // the answer is none of ours: as without a script, the browser shows what there is
    }
  });
  progress(form.dataset.sending, 0);
  request.send(data);
}

document.addEventListener("submit", event => {
  if (event.target.id === "check") {
    event.preventDefault();
    send(event.target.action, false);
  }
});

document.addEventListener("click", event => {
  if (event.target.closest("[data-report]")) {
    send(at("check").action, true);
    return;
  }
  const language = event.target.closest(".languages a");
  if (language && at("verdict") && at("document").files.length) { // nothing was kept, so the same is asked again in the other language
    event.preventDefault();
    send(at("check").action + "?lang=" + language.hreflang, false);
  }
});

document.addEventListener("dragover", event => {
  if ([...event.dataTransfer.types].includes("Files") && !event.target.closest?.("#original")) {
    event.preventDefault();
    document.querySelector(".drop").classList.add("over");
  }
});
document.addEventListener("dragleave", event => {
  if (!event.relatedTarget) {
    document.querySelector(".drop").classList.remove("over");
  }
});
document.addEventListener("drop", event => {
  document.querySelector(".drop").classList.remove("over");
  if (event.dataTransfer.files.length && !event.target.closest?.("#original")) {
    event.preventDefault();
    const first = new DataTransfer();
    first.items.add(event.dataTransfer.files[0]);
    at("document").files = first.files;
    send(at("check").action, false);
  }
});
dress();
