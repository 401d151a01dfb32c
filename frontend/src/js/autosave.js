const FIRST_RETRY = 1000;
const LAST_RETRY = 60000;
const KEY = "unsaved";

const stored = () => new Map(JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));

function watch(form) {
  const status = form.querySelector("[data-save-status]");
  const token = form.elements.csrfmiddlewaretoken?.value;
  const questions = [...form.querySelectorAll("[data-answer-url]")];
  const waiting = new Map();
  let saving = false;
  let delay = FIRST_RETRY;
  let retry;

  const say = (state) => {
    if (status) status.textContent = status.dataset[state] ?? form.dataset[state] ?? "";
  };
  // What is not saved yet outlives this page: going on to another and coming back finds it again.
  const keep = () => sessionStorage.setItem(KEY, JSON.stringify([...waiting]));

  const save = async () => {
    clearTimeout(retry);
    if (saving || !waiting.size) return;
    saving = true;
    say("saving");
    const [url, chosen] = waiting.entries().next().value;
    try {
      const response = await fetch(url, {
        method: "PUT",
        body: JSON.stringify({ chosen }),
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        keepalive: true,
      });
      // Handed in elsewhere: the page as it now is says so. An answer that does not fit will not fit later either.
      if (response.status === 409) return location.reload();
      if (!response.ok && response.status !== 400) throw new Error(response.status);
      // A newer choice may have arrived meanwhile; it stays in the queue.
      if (waiting.get(url) === chosen) waiting.delete(url);
      keep();
      delay = FIRST_RETRY;
      if (!waiting.size) say("saved");
    } catch {
      say("failed");
      retry = setTimeout(save, delay);
      delay = Math.min(delay * 2, LAST_RETRY);
      return;
    } finally {
      saving = false;
    }
    save();
  };

  form.addEventListener("change", ({ target }) => {
    if (!/^(radio|checkbox)$/.test(target.type) || !target.name.startsWith("q")) return;
    const question = target.closest("[data-answer-url]");
    if (!question) return;
    const chosen = [...question.querySelectorAll("input:checked")].map((input) => input.value);
    waiting.set(question.dataset.answerUrl, chosen);
    keep();
    save();
  });
  form.addEventListener("submit", () => {
    waiting.clear();
    keep();
  });
  addEventListener("online", save);

  for (const [url, chosen] of stored()) {
    const question = questions.find((candidate) => candidate.dataset.answerUrl === url);
    if (!question) continue;
    for (const input of question.querySelectorAll("input")) input.checked = chosen.includes(input.value);
    waiting.set(url, chosen);
  }
  save();
}

export function autosave() {
  document.querySelectorAll("form[data-autosave]").forEach(watch);
}
