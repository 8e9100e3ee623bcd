// The session's clock, and htmx answers that need a word. Everything else works without a script.
"use strict";

(function () {
  const dialog = document.getElementById("session-dialog");
  const seconds = Number(document.body.dataset.sessionSeconds || 0);
  const warnBefore = Math.min(300, seconds / 2);
  let ends = Date.now() + seconds * 1000;
  let ended = false;

  function show(which) {
    for (const part of dialog.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== which;
    if (!dialog.open) {
      dialog.showModal();
      dialog.querySelector("h2").focus();
    }
  }

  function renewed() {
    ends = Date.now() + seconds * 1000;
    if (dialog && dialog.open && !ended) dialog.close();
  }

  function end() {
    if (!dialog || ended) return;
    ended = true;
    const link = dialog.querySelector("a[data-when=ended]");
    link.href = `${dialog.dataset.login}?next=${encodeURIComponent(location.pathname + location.search)}`;
    dialog.querySelector("h2").textContent = "You were logged out";
    show("ended");
  }

  async function stay() {
    const answer = await fetch(dialog.dataset.renew, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (answer && answer.ok) renewed();
    else if (answer && answer.status === 401) end();
  }

  function tick() {
    if (ended) return;
    const left = Math.round((ends - Date.now()) / 1000);
    if (left <= 0) {
      end();
    } else if (left <= warnBefore) {
      const minutes = Math.ceil(left / 60);
      dialog.querySelector("[data-left]").textContent = minutes === 1 ? "a minute" : `${minutes} minutes`;
      show("warning");
    }
  }

  if (dialog && seconds) {
    dialog.querySelector("[data-stay]").addEventListener("click", stay);
    // Esc while the warning shows means: I am here.
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); if (!ended) stay(); });
    document.addEventListener("session:renewed", renewed);
    document.addEventListener("session:ended", end);
    document.addEventListener("htmx:afterRequest", (event) => {
      const status = event.detail.xhr ? event.detail.xhr.status : 0;
      if (status === 401) end();
      else if (event.detail.successful) renewed();
    });
    setInterval(tick, 1000);
  }

  // The focus goes to what the server refused, so that it is read out.
  const refusal = document.getElementById("refusal") || document.getElementById("form-errors");
  if (refusal) {
    refusal.tabIndex = -1;
    refusal.focus();
  }
})();
