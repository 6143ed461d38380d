"use strict";
(() => {
  // A link into something folded opens all that it is folded in.
  const reveal = () => {
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    if (!target) return;
    for (let one = target; one; one = one.parentElement) if (one instanceof HTMLDetailsElement) one.open = true;
    target.scrollIntoView({block: "center"});
    const focus = target instanceof HTMLDetailsElement ? target.querySelector("summary") : target;
    focus.focus({preventScroll: true});
  };
  window.addEventListener("hashchange", reveal);
  reveal();

  // The same link twice changes no hash.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link && link.getAttribute("href") === location.hash) reveal();
  });

  const picker = document.querySelector(".pick-group");
  const choice = picker.querySelector("select");
  picker.hidden = false;
  const highlight = () => {
    for (const one of document.querySelectorAll("[data-g]")) {
      one.classList.toggle("on", choice.value !== "" && one.dataset.g.split(" ").includes(choice.value));
    }
  };
  choice.addEventListener("change", highlight);
  window.addEventListener("pageshow", highlight); // a browser going back restores what was chosen

  // Paper cannot be opened: what is folded for want of room is printed, what a row leads down to is not.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.more-rows:not([open]), details.term-group:not([open])")];
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
})();
