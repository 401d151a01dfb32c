const KEY = "place";
let lastFocus;

const blockInView = () =>
  [...document.querySelectorAll("[data-block][id]")].find((block) => block.getBoundingClientRect().bottom > 120);

function remember(event) {
  const link = event.target.closest?.("[data-language-switch]");
  if (!link) return;
  const id = blockInView()?.id;
  // The pointer has just moved the focus to the switch itself: what was focused before is worth more.
  sessionStorage.setItem(KEY, JSON.stringify({ block: scrollY > 0 && id, focus: lastFocus }));
  if (link.href && id && scrollY > 0) link.hash = id;
}

export function keepPlace() {
  document.addEventListener("focusin", ({ target }) => {
    if (target.id && !target.closest("[data-language-switch]")) lastFocus = target.id;
  });
  document.addEventListener("click", remember);

  const place = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  if (!place) return;
  sessionStorage.removeItem(KEY);
  if (place.focus) document.getElementById(place.focus)?.focus({ preventScroll: true });
  if (place.block) document.getElementById(place.block)?.scrollIntoView();
}
