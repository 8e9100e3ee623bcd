// Keeps what a person types in this window, so that neither a time-out nor a fault loses it.
//
// <form data-keep-draft="rating-17" data-draft-version="3"> keeps its text fields in sessionStorage
// while they are typed. When the form is shown again and holds something else, the text comes back by
// itself if the record is still of the same version; otherwise both are shown and the person chooses.
// <form data-autosave="/address/"> also sends itself there after a pause in typing. The answer may be
// a fragment for the element named by data-autosave-status.
"use strict";

(function () {
  const user = document.body.dataset.user;
  const prefix = "draft:";
  const kept = ["textarea", "input[type=text]", "input:not([type])", "input[type=number]",
    "input[type=date]", "input[type=radio]", "input[type=checkbox]", "select"].join(",");

  const keyOf = (form) => `${prefix}${user}:${form.dataset.keepDraft}`;

  function valuesOf(form) {
    const values = {};
    for (const field of form.querySelectorAll(kept)) {
      if (!field.name || field.disabled) continue;
      if (field.type === "radio") {
        if (field.checked) values[field.name] = field.value;
      } else if (field.type === "checkbox") {
        (values[field.name] = values[field.name] || []).push([field.value, field.checked]);
      } else {
        (values[field.name] = values[field.name] || []).push(field.value);
      }
    }
    return values;
  }

  function fill(form, values) {
    const seen = {};
    for (const field of form.querySelectorAll(kept)) {
      if (!(field.name in values)) continue;
      const value = values[field.name];
      if (field.type === "radio") {
        field.checked = field.value === value;
        continue;
      }
      const place = seen[field.name] || 0;
      seen[field.name] = place + 1;
      if (place >= value.length) continue;
      if (field.type === "checkbox") field.checked = value[place][1];
      else field.value = value[place];
    }
    form.dispatchEvent(new Event("draft:restored", { bubbles: true }));
  }

  function keep(form, sent) {
    const draft = { version: form.dataset.draftVersion || "", values: valuesOf(form), at: Date.now() };
    if (sent) draft.sent = true;
    const key = form.querySelector("input[name=form_key]");
    if (key) draft.formKey = key.value;
    try {
      sessionStorage.setItem(keyOf(form), JSON.stringify(draft));
    } catch (full) {
      form.dispatchEvent(new CustomEvent("draft:full", { bubbles: true }));
    }
  }

  function forget(form) {
    sessionStorage.removeItem(keyOf(form));
  }

  function notice(form, heading, text, buttons) {
    const box = document.createElement("div");
    box.className = "usa-alert usa-alert--info";
    box.setAttribute("role", "status");
    const body = document.createElement("div");
    body.className = "usa-alert__body";
    const title = document.createElement("h2");
    title.className = "usa-alert__heading";
    title.textContent = heading;
    const words = document.createElement("p");
    words.className = "usa-alert__text";
    words.textContent = text;
    body.append(title, words);
    for (const [label, act] of buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "usa-button usa-button--outline margin-top-1";
      button.textContent = label;
      button.addEventListener("click", () => { act(); box.remove(); });
      body.append(button);
    }
    box.append(body);
    form.prepend(box);
  }

  function offer(form) {
    const stored = sessionStorage.getItem(keyOf(form));
    if (!stored) return;
    const draft = JSON.parse(stored);
    // The server says which form it carried out last: that one's text is saved.
    if (draft.sent && draft.formKey && draft.formKey === document.body.dataset.carriedOut) {
      forget(form);
      return;
    }
    const shown = valuesOf(form);
    if (JSON.stringify(shown) === JSON.stringify(draft.values)) return;
    // A form that was sent and comes back refused already holds what was typed.
    if (draft.sent && form.querySelector("#refusal, #form-errors, .usa-error-message")) return;
    if (draft.version === (form.dataset.draftVersion || "")) {
      fill(form, draft.values);
      notice(form, "Your text is back",
        "This is what you typed in this window before. It is not saved until you send or save it.",
        [["Show the saved version instead", () => { fill(form, shown); forget(form); }]]);
    } else {
      notice(form, "There is text of yours that was not saved",
        "The record changed after you typed it. Nothing is overwritten: the form shows what is saved now.",
        [["Put my text into the form", () => fill(form, draft.values)],
          ["Discard my text", () => forget(form)]]);
    }
  }

  function autosave(form) {
    const status = document.getElementById(form.dataset.autosaveStatus || "");
    let timer = 0;
    let running = false;
    let again = false;
    let waiting = null;
    const say = (text) => { if (status) status.textContent = text; };

    async function send() {
      if (running) { again = true; return; }
      running = true;
      say("Saving…");
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body: new FormData(form),
          headers: { "HX-Request": "true", "X-Autosave": "true" },
        });
        if (answer.status === 401) {
          say("Not saved: you were logged out. Your text is kept in this window.");
          document.dispatchEvent(new CustomEvent("session:ended"));
        } else if (answer.ok || answer.status === 409 || answer.status === 422) {
          const text = await answer.text();
          const version = answer.headers.get("X-Version");
          if (answer.ok && version) {
            form.dataset.draftVersion = version;
            const field = form.querySelector("input[name=version]");
            if (field) field.value = version;
          }
          if (status && text) status.innerHTML = text;
          else say(answer.ok ? "Saved." : "Not saved.");
          if (answer.ok && !again) forget(form);
          if (answer.ok) form.dispatchEvent(new CustomEvent("draft:saved", { bubbles: true }));
          document.dispatchEvent(new CustomEvent("session:renewed"));
        } else {
          say("Not saved. Your text is kept in this window, and is sent again when you go on typing.");
        }
      } catch (offline) {
        say("Not saved: there is no connection. Your text is kept in this window.");
      } finally {
        running = false;
        if (waiting) {
          const button = waiting.button;
          waiting = null;
          form.requestSubmit(button);
        } else if (again) { again = false; send(); }
      }
    }

    const later = () => { clearTimeout(timer); timer = setTimeout(send, 1500); };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    // A form sent while it is being saved waits for the version that the saving gives it.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      again = false;
      if (!running) return;
      event.preventDefault();
      waiting = { button: event.submitter };
    });
  }

  function watch(form) {
    if (form.dataset.watched) return;
    form.dataset.watched = "true";
    if (form.dataset.keepDraft && user) {
      offer(form);
      form.addEventListener("input", () => keep(form, false));
      form.addEventListener("change", () => keep(form, false));
      form.addEventListener("submit", () => keep(form, true));
    }
    if (form.dataset.autosave) autosave(form);
  }

  function watchAll(root) {
    for (const form of root.querySelectorAll("form[data-keep-draft], form[data-autosave]")) watch(form);
  }

  // A form that was sent and led to another page of ours arrived; its draft has done its work. One
  // that led to log-in or to an error did not arrive.
  function clearArrived() {
    if (document.body.dataset.page !== "page") {
      for (const key of Object.keys(sessionStorage)) {
        if (!key.startsWith(prefix)) continue;
        const draft = JSON.parse(sessionStorage.getItem(key));
        delete draft.sent;
        sessionStorage.setItem(key, JSON.stringify(draft));
      }
      return;
    }
    if (!user) return;
    const here = new Set(Array.from(document.querySelectorAll("form[data-keep-draft]"), keyOf));
    for (const key of Object.keys(sessionStorage)) {
      if (!key.startsWith(`${prefix}${user}:`) || here.has(key)) continue;
      if (JSON.parse(sessionStorage.getItem(key)).sent) sessionStorage.removeItem(key);
    }
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("data-forgets-drafts")) return;
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(prefix)) sessionStorage.removeItem(key);
    }
  });
  document.addEventListener("htmx:load", (event) => watchAll(event.target.parentElement || document));
  clearArrived();
  watchAll(document);
})();
