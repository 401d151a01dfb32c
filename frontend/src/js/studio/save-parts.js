const PAUSE = 1500;
const FIRST_RETRY = 2000;
const LAST_RETRY = 60000;

// Saves a part's form while somebody writes: after a pause, and on leaving a field. One request at a time; each answer
// brings the stamp that the next one must show. When somebody else wrote meanwhile it stops, and only a person goes on.
function watch(form) {
  const status = form.querySelector("[data-part-status]");
  const compare = form.querySelector("[data-compare]");
  const base = form.querySelector("input[name$='-base']");
  const typed = () => new URLSearchParams(new FormData(form)).toString();
  let kept = typed();
  let refused = "";
  let running = null;
  let conflict = false;
  let leaving = false;
  let delay = FIRST_RETRY;
  let timer;

  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };
  const isUnsaved = () => !leaving && typed() !== kept;
  // The same words would be refused again.
  const maySave = () => isUnsaved() && !conflict && typed() !== refused;
  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  const show = (states) => {
    for (const [name, { state, label }] of Object.entries(states)) {
      const word = Object.assign(document.createElement("span"), { className: `state state--${state}`, textContent: label });
      form.querySelector(`[data-state="${name}"]`)?.replaceChildren(...(label ? [word] : []));
    }
  };

  const answers = {
    200: (answer, sent) => {
      base.value = answer.stamp;
      // What was sent is kept under the new stamp; what was typed since is not.
      const saved = new URLSearchParams(sent);
      saved.set(base.name, answer.stamp);
      kept = saved.toString();
      delay = FIRST_RETRY;
      show(answer.states);
      say(answer.message);
      form.dispatchEvent(new CustomEvent("part-saved", { bubbles: true }));
    },
    409: (answer) => {
      conflict = true;
      compare.hidden = false;
      say(answer.message);
    },
    422: (answer, sent) => {
      refused = sent;
      say(answer.message);
    },
  };

  async function send() {
    const sent = typed();
    say(status.dataset.saving);
    try {
      const headers = { Accept: "application/json" };
      // Signed out meanwhile, the answer would lead elsewhere: the button then goes there, and comes back.
      const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(sent), headers, redirect: "error" });
      if (!answers[response.status]) throw new Error(response.status);
      answers[response.status](await response.json(), sent);
      if (maySave()) soon(PAUSE);
    } catch {
      say(status.dataset.failed);
      soon(delay);
      delay = Math.min(delay * 2, LAST_RETRY);
    }
  }

  async function save() {
    clearTimeout(timer);
    if (!running && maySave()) running = send().finally(() => (running = null));
    await running;
  }

  form.addEventListener("input", () => {
    if (!maySave()) return;
    if (!running) say(status.dataset.waiting);
    soon(PAUSE);
  });
  form.addEventListener("change", save);
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!running) {
      leaving = true;
      return;
    }
    // Not while a save is under way: this one would not know the stamp it brings.
    event.preventDefault();
    await running;
    form.requestSubmit(event.submitter);
  });

  return { form, status, isUnsaved, save };
}

export function saveParts() {
  const parts = [...document.querySelectorAll("form[data-part-form]")].map(watch);
  let leaving = false;

  // A button beside the forms, such as "Move up", first lets be saved what was typed in them. What cannot be saved it
  // shows, and obeys when it is pressed again.
  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    const unsaved = () => parts.filter((part) => part.form !== form && part.isUnsaved());
    if (event.defaultPrevented || leaving || !unsaved().length) return;
    event.preventDefault();
    await Promise.all(unsaved().map((part) => part.save()));
    leaving = true;
    const [part] = unsaved();
    if (part) part.status.scrollIntoView({ block: "center" });
    else form.requestSubmit(submitter);
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && parts.some((part) => part.isUnsaved())) event.preventDefault();
  });
  addEventListener("online", () => parts.forEach((part) => part.save()));
}
