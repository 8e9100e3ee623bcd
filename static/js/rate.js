// Keys for the form of a rating, listed on the page under "Keys". Without this file everything works
// by Tab, the arrow keys and Enter. No key is taken from a text field but F8 and Ctrl+Enter.
"use strict";

(function () {
  const form = document.querySelector(".rating-form");
  if (!form) return;
  const parts = Array.from(form.querySelectorAll("[data-part]"));

  function levelsOf(part) {
    return Array.from(part.querySelectorAll("input[type=radio]"));
  }

  // The part after or before the one with the focus; from outside, the first or the last.
  function go(step) {
    const here = parts.findIndex((part) => part.contains(document.activeElement));
    const next = parts[here < 0 ? (step > 0 ? 0 : parts.length - 1) : here + step];
    if (!next) return;
    const levels = levelsOf(next);
    (levels.find((level) => level.checked) || levels[0]).focus();
    next.scrollIntoView({ block: "start" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "F8" && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      (form.querySelector("[data-go-on]") || form.querySelector("[data-send]")).focus();
    } else if (/^[0-9]$/.test(event.key) && event.target.type === "radio"
        && form.contains(event.target) && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const levels = levelsOf(event.target.closest("[data-part]"));
      const wanted = event.key === "0"
        ? levels.find((level) => level.value === "")
        : levels.filter((level) => level.value !== "")[Number(event.key) - 1];
      if (!wanted) return;
      event.preventDefault();
      wanted.focus();
      wanted.click();
    }
  });

  // Who chooses "Not assessed" is shown where the reason goes.
  form.addEventListener("change", (event) => {
    if (event.target.type !== "radio" || event.target.value !== "") return;
    const reason = event.target.closest("[data-part]").querySelector("[name$=-not_assessed_reason]");
    if (reason) reason.closest("details").open = true;
  });
})();
