"use strict";
(() => {
  const tip = document.getElementById("tip");
  let owner = null;
  let closing = 0;

  const fill = (lines) => {
    tip.replaceChildren();
    for (const line of lines) {
      const [label, value] = line.split("\t");
      const row = document.createElement("div");
      const name = document.createElement(value === undefined ? "b" : "span");
      name.textContent = label;
      row.append(name);
      if (value !== undefined) {
        const text = document.createElement("span");
        text.textContent = value;
        row.append(text);
      }
      tip.append(row);
    }
  };

  const place = (target, x) => {
    const boxes = [...target.getClientRects()];
    const box = boxes.find((one) => x >= one.left && x <= one.right) || boxes[0];
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, width - tip.offsetWidth - 8));
    const last = boxes[boxes.length - 1];
    const below = last.bottom + 6;
    const fits = below + tip.offsetHeight < window.innerHeight;
    tip.style.left = `${left + window.scrollX}px`;
    tip.style.top = `${(fits ? below : boxes[0].top - tip.offsetHeight - 6) + window.scrollY}px`;
  };

  const show = (target, x) => {
    clearTimeout(closing);
    if (owner === target) return;
    hide();
    owner = target;
    fill(target.dataset.tip.split("\n"));
    tip.hidden = false;
    target.setAttribute("aria-describedby", "tip");
    place(target, x);
  };

  const hide = () => {
    clearTimeout(closing);
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
    tip.hidden = true;
  };

  // A short delay lets the pointer reach the tip itself, to read or select it.
  const hideSoon = () => {
    clearTimeout(closing);
    closing = setTimeout(() => {
      const focused = document.activeElement;
      if (focused && focused.dataset.tip && focused.matches(":focus-visible")) show(focused);
      else hide();
    }, 150);
  };

  // What is not shown as marked neither takes the focus nor hides the tip of what it stands in.
  const marked = (event) => (event.target instanceof Element ? event.target.closest("[data-tip][tabindex]") : null);

  const reach = (article) => {
    const picks = [...article.querySelectorAll(".pick")];
    const axis = picks.findIndex((one) => one.checked);
    const naming = axis >= 0 && picks[axis].classList.contains("pick-who");
    const who = article.querySelector(".who:checked");
    const all = article.querySelector(".others:checked") !== null;
    const shown = (classes) => {
      if (classes.contains("n")) return naming && (who.value === "all" || classes.contains(`n${who.value}`));
      return !naming && (!classes.contains("m") || all || classes.contains(`hit${axis}`));
    };
    for (const one of article.querySelectorAll("[data-tip]")) {
      if (shown(one.classList)) one.tabIndex = 0;
      else one.removeAttribute("tabindex");
    }
  };

  const choose = (named) => {
    const article = named.closest(".article");
    const who = article.querySelector(`.who-${named.dataset.who}`);
    article.querySelector(".pick-who").checked = who.checked = true;
    reach(article);
    const list = article.querySelector(".evidence"); // the list alone is scrolled: the reader's place in the text stays
    list.scrollTop += who.getBoundingClientRect().top - list.getBoundingClientRect().top - 16;
  };

  const reachAll = () => document.querySelectorAll(".article").forEach(reach);
  reachAll();
  window.addEventListener("pageshow", reachAll); // a browser going back restores what was checked
  document.addEventListener("change", (event) => reach(event.target.closest(".article")));

  // A page that scrolls under a resting pointer must not take the tip from what has the focus.
  let rest = "";
  const rested = (event) => {
    const before = rest;
    rest = `${event.clientX} ${event.clientY}`;
    return rest === before;
  };

  document.addEventListener("pointerover", (event) => {
    if (rested(event)) return;
    if (tip.contains(event.target)) clearTimeout(closing);
    else if (marked(event)) show(marked(event), event.clientX);
    else if (owner) hideSoon();
  });
  document.addEventListener("focusin", (event) => (marked(event) ? show(marked(event)) : hide()));
  document.addEventListener("focusout", hideSoon);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    else if (event.key === "Enter" && event.target.matches(".n")) choose(event.target);
  });
  document.addEventListener("click", (event) => {
    const named = event.target instanceof Element ? event.target.closest(".n[tabindex], .who-link") : null;
    if (named) choose(named);
  });
})();
