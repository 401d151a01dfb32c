import "@github/markdown-toolbar-element";
import { subscribe } from "@github/paste-markdown";

const PAUSE = 400;

// Drawn by the server with the learners' own templates: what is seen here is what they see.
function preview(area) {
  const box = document.querySelector(`[data-preview="${area.id}"]`);
  const url = area.closest("[data-render-url]")?.dataset.renderUrl;
  if (!box || !url) return;
  const form = area.form;
  const kind = [...form.elements].find(({ name }) => name.endsWith("-kind"));
  let timer;
  let newest = 0;

  const draw = async () => {
    const number = ++newest;
    if (!area.value.trim()) {
      box.hidden = true;
      return;
    }
    const body = new URLSearchParams({
      text: area.value,
      kind: kind?.value ?? "",
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    });
    const response = await fetch(url, { method: "POST", body }).catch(() => null);
    if (number !== newest || !response?.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    box.lastElementChild.replaceChildren(...page.body.childNodes);
    box.hidden = false;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE);
  };
  area.addEventListener("focus", draw);
  form.addEventListener("input", () => {
    if (!box.hidden || document.activeElement === area) soon();
  });
}

export function markdown() {
  document.querySelectorAll("[data-toolbar]").forEach((toolbar) => (toolbar.hidden = false));
  document.querySelectorAll("textarea[data-markdown]").forEach((area) => {
    subscribe(area);
    preview(area);
  });
}
